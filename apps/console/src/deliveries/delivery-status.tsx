import { Pill } from '../show/pill.js';
import type { DeliveryStatus as Status } from './deliveries.js';
import { STATUS_WORDS } from './delivery-words.js';

export function DeliveryStatus({ status }: { status: Status }) {
  const { label, tone } = STATUS_WORDS[status];
  return <Pill tone={tone}>{label}</Pill>;
}
