"use client";

import { type ReactNode, Suspense, useState, useSyncExternalStore } from "react";

interface LaterProps {
  /** What stands there until then, looking the same. */
  face: (press: () => void) => ReactNode;
  /** A component made with React.lazy; told whether the face was pressed meanwhile. */
  children: (wasPressed: boolean) => ReactNode;
}

const never = (): (() => void) => () => undefined;

/** Leaves a menu and its code out of the first load: its button is drawn, the rest follows. */
export function Later({ face, children }: LaterProps) {
  const isDrawn = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const [wasPressed, setPressed] = useState(false);
  const shown = face(() => setPressed(true));
  if (!isDrawn) return shown;
  return <Suspense fallback={shown}>{children(wasPressed)}</Suspense>;
}
