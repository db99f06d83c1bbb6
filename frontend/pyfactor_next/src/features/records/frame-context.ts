"use client";

import { createContext, useContext } from "react";
import type { SectionName } from "./types";

/** Something to begin with in a section that has just been opened, e.g. a note in the timeline. */
export interface Wish {
  what: string;
  /** Another one each time, so that the same wish can be made twice. */
  number: number;
}

interface Frame {
  wish: Wish | null;
  /** Opens a section; with `what` also something in it. */
  openSection: (name: SectionName, what?: string) => void;
}

const outside: Frame = { wish: null, openSection: () => undefined };

export const FrameContext = createContext<Frame>(outside);

/** The frame around a section or an action. Outside of one nothing is wished for. */
export function useRecordFrame(): Frame {
  return useContext(FrameContext);
}
