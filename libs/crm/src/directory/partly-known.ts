import { CrmDeferredError, type Deferral } from '../outcome/deferral.js';
import type { CrmContact } from './crm-contact.js';

/**
 * Of some of the contacts asked for it is not known yet whether they are there. Of the others it is, so that whoever asks
 * again for the rest comes to an end; whoever has no use for a part takes it for any other "not now".
 */
export class CrmPartlyKnownError extends CrmDeferredError {
  constructor(
    deferral: Deferral,
    /** Keyed by the id asked for, as in a full answer. Absent here and from `unsettled`: gone. */
    readonly found: Map<string, CrmContact>,
    /** The ids of which nothing is known yet. */
    readonly unsettled: ReadonlySet<string>,
  ) {
    super(deferral);
  }
}
