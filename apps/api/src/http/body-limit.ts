import type { RouteOptions } from 'fastify';
import { isOpen } from '../access/route-access.js';
import { type RouteSettings, routeSettings } from './route-settings.js';

const KIB = 1024;
const MIB = 1024 * KIB;

/** The largest body of all (PRODUCT.md §8). */
export const LARGEST_BODY_BYTES = 16 * MIB;

/** Where anybody may knock: sign-in takes half a kibibyte. Also for addresses where there is nothing. */
export const OPEN_BODY_BYTES = 64 * KIB;

/** Settings, people, keys, one answer of an agent: 100,000 characters, each escaped as \uXXXX. */
const GUARDED_BODY_BYTES = MIB;

/** For a route that takes more, or less, than others of its kind. */
export function BodyLimit(bytes: number): MethodDecorator {
  return routeSettings({ bodyLimitBytes: bytes });
}

/** For routes that take whole conversations: as large as a body gets. */
export function TakesConversations(): MethodDecorator {
  return BodyLimit(LARGEST_BODY_BYTES);
}

/** Fastify's hook `onRoute`. A route that says nothing of itself answers nobody, and is given little. */
export function limitBody(route: RouteOptions): void {
  route.bodyLimit = limitOf(route.config?.threadline ?? {});
}

function limitOf({ bodyLimitBytes, access }: RouteSettings): number {
  if (bodyLimitBytes !== undefined) return bodyLimitBytes;
  return access === undefined || isOpen(access) ? OPEN_BODY_BYTES : GUARDED_BODY_BYTES;
}

/** `64 KiB`, `16 MiB` */
export function sizeInWords(bytes: number): string {
  return bytes % MIB === 0 ? `${bytes / MIB} MiB` : `${Math.floor(bytes / KIB)} KiB`;
}
