/** What happened to a record, before anybody's subscription is looked at. */
export type RecordEvent = { readonly typeKey: string; readonly objectId: string } & (
  | { readonly verb: 'creation' | 'deletion' | 'privacyDeletion' }
  | { readonly verb: 'propertyChange'; readonly propertyName: string; readonly propertyValue: string }
  | {
      readonly verb: 'merge';
      readonly primaryObjectId: string;
      readonly mergedObjectIds: readonly string[];
      readonly newObjectId: string;
    }
);

/** Where a portal tells what happened in it. */
export type RaiseEvent = (hubId: number, event: RecordEvent) => void;

export interface WebhookSubscription {
  readonly id: number;
  /** `contact.merge`, `object.deletion`, … */
  readonly subscriptionType: string;
  /** For `object.*`: key of the object type, for example `contacts`. */
  readonly objectType?: string;
  /** For propertyChange; left out: every property. */
  readonly propertyName?: string;
  readonly active: boolean;
}

/** How an app gets its events. One target per app, as with HubSpot. */
export interface WebhookSettings {
  readonly appId: number;
  readonly targetUrl: string;
  readonly subscriptions: readonly WebhookSubscription[];
  /** Calls at a time; HubSpot's default is 10. */
  readonly maxConcurrentRequests: number;
  /** Events gather this long before a call leaves, up to a hundred in one. */
  readonly batchMs: number;
  /** An answer must come within this; HubSpot waits 5 s. */
  readonly timeoutMs: number;
  /** Waits before the second attempt, the third, …; HubSpot makes ten more, spread over about a day. */
  readonly retryDelaysMs: readonly number[];
  /** Every call is made so many times more. */
  readonly duplicates: number;
  /** Events of a call, and the calls themselves, leave backwards. */
  readonly shuffled: boolean;
  /** Nothing leaves until it is switched off. */
  readonly held: boolean;
  /** An uninstallation is told as `app.uninstalled`, which HubSpot's published subscriptions don't list (FACTS §1.6). */
  readonly announcesUninstall: boolean;
  /** Which signatures calls carry. */
  readonly signatures: readonly ('v1' | 'v3')[];
}

/** An event on its way, as it stands in the JSON of a call but for `attemptNumber`. */
export type WireEvent = Readonly<Record<string, unknown>>;

/** What became of a call. */
export interface SentCall {
  readonly at: number;
  readonly appId: number;
  readonly events: number;
  readonly attemptNumber: number;
  /** HTTP status; 0: no answer. */
  readonly status: number;
}
