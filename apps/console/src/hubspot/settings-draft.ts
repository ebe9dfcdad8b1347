import { useState } from 'react';

interface Saved<Value> {
  value: Value;
  etag: string | undefined;
}

interface SettingsDraft<Value> {
  draft: Value;
  edit: (part: Partial<Value>) => void;
  /** What the draft began with; `etag` guards saving it. */
  begun: Saved<Value>;
  isChanged: boolean;
  /** Something else was saved since, and the draft has changes of its own. */
  isOvertaken: boolean;
  begin: (saved: Saved<Value>) => void;
}

/**
 * What is being changed of settings. What someone else saves is taken over at once where nothing was touched; what was typed
 * is never taken away without a word.
 * @param isSaving the page may hear of its own change before the answer comes.
 */
export function useSettingsDraft<Value extends object>(
  saved: Value,
  etag: string | undefined,
  isSaving: boolean,
): SettingsDraft<Value> {
  const [begun, setBegun] = useState<Saved<Value>>({ value: saved, etag });
  const [draft, setDraft] = useState(saved);
  const begin = (next: Saved<Value>): void => {
    setBegun(next);
    setDraft(next.value);
  };
  const isChanged = !isSame(draft, begun.value);
  const isOld = begun.etag !== etag;
  if (isOld && !isSaving) {
    if (!isChanged || isSame(draft, saved)) begin({ value: saved, etag });
    // Saved anew as it was: the draft goes on from there.
    else if (isSame(saved, begun.value)) setBegun({ value: saved, etag });
  }
  return {
    draft,
    edit: (part) => setDraft((current) => ({ ...current, ...part })),
    begun,
    isChanged,
    isOvertaken: isOld && isChanged && !isSaving,
    begin,
  };
}

/** What was left out is what is undefined. */
function isSame<Value extends object>(one: Value, other: Value): boolean {
  const inOrder = (value: Value): string =>
    JSON.stringify(
      Object.entries(value)
        .filter(([, part]) => part !== undefined)
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    );
  return inOrder(one) === inOrder(other);
}
