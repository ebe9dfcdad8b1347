import type { HubSpotAnswer } from './hubspot-answer.js';

/** Failures of before the first byte of the request left: DNS, TCP connect, TLS handshake. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);
const CONNECTING = new Set(['connect', 'getaddrinfo']);

interface Symptom {
  code?: string;
  syscall?: string;
  name?: string;
}

/** A request without an answer. Only what can't have reached HubSpot is certain; the rest of the writes is unknown. */
export function classifyFailure(failure: unknown, write: boolean): HubSpotAnswer {
  const symptoms = symptomsOf(failure);
  // Every attempt (IPv6, IPv4) of one connect is listed; one that got further than connecting would not be here.
  const neverSent = symptoms.some(
    ({ code, syscall }) =>
      (code !== undefined && NEVER_SENT.has(code)) || (syscall !== undefined && CONNECTING.has(syscall)),
  );
  const timedOut = symptoms.some(({ name }) => name === 'TimeoutError');
  const code = symptoms.map((symptom) => symptom.code).find((found) => found !== undefined);
  return {
    outcome: 'unavailable',
    committed: write && !neverSent ? 'unknown' : 'no',
    detail: timedOut
      ? 'HubSpot did not answer in time'
      : `HubSpot can't be reached${code === undefined ? '' : ` (${code})`}`,
    lostConnection: !timedOut,
  };
}

/** fetch says "fetch failed"; what happened stands in its causes. Depth is bounded: causes may be circular. */
function symptomsOf(failure: unknown, depth = 0): Symptom[] {
  if (typeof failure !== 'object' || failure === null || depth > 5) return [];
  const { code, syscall, name, cause, errors } = failure as Record<string, unknown>;
  const own: Symptom = {
    code: typeof code === 'string' ? code : undefined,
    syscall: typeof syscall === 'string' ? syscall : undefined,
    name: typeof name === 'string' ? name : undefined,
  };
  const inner = [cause, ...(Array.isArray(errors) ? errors : [])].flatMap((each) => symptomsOf(each, depth + 1));
  return [own, ...inner];
}
