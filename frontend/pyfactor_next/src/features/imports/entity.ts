"use client";

import { createContext, useContext } from "react";
import type { ImportEntity } from "./types";

const Entity = createContext<ImportEntity>("customer");

/** Says to everything below what the rows of the import are. */
export const EntityProvider = Entity.Provider;

/** What the rows of the import are; words depend on it. */
export function useEntity(): ImportEntity {
  return useContext(Entity);
}
