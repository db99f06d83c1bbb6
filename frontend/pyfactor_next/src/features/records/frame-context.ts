"use client";

import { createContext, useContext, useState } from "react";
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

/** Does something, while it is drawn, each time a section is opened for it. */
export function useWish(what: string, begin: () => void): void {
  const { wish } = useRecordFrame();
  const [seen, setSeen] = useState(0);
  if (wish && wish.number !== seen) {
    setSeen(wish.number);
    if (wish.what === what) begin();
  }
}
