import { createContext, type ReactNode, useContext } from 'react';
import type { CrmObject, CrmObjectSummary } from '../portal.js';
import { type Draft, tidy, withInput } from './draft.js';

export interface FieldProblem {
  field: string;
  reason: string;
  message: string;
}

interface Building {
  draft: Draft;
  objects: readonly CrmObjectSummary[];
  /** The one that the draft is about; undefined while none is chosen, or it is being read. */
  object: CrmObject | undefined;
  change: (next: (draft: Draft) => Draft) => void;
  /** What is wrong at a place, for beside it. `deep`: or anywhere within. */
  errorAt: (path: string, deep?: 'deep') => string | undefined;
}

const BuildingContext = createContext<Building | undefined>(undefined);

export function BuildingProvider({ value, children }: { value: Building; children: ReactNode }) {
  return <BuildingContext value={value}>{children}</BuildingContext>;
}

/** The draft that is being built, for every part of the form. */
export function useBuilding(): Building {
  const building = useContext(BuildingContext);
  if (building === undefined) throw new Error('A part of the form stands outside of it');
  return building;
}

/** Makes a further input for a field, and hands its name to whoever puts it in its place, in one change. */
export function useNewInput(): (
  field: { name: string; label: string } | undefined,
  place: (draft: Draft, name: string) => Draft,
) => void {
  const { change } = useBuilding();
  return (field, place) =>
    change((draft) => {
      const made = withInput(draft, { name: field?.name ?? 'value', description: field?.label ?? 'A value' });
      return tidy(place(made.draft, made.name));
    });
}
