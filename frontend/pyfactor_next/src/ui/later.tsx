"use client";

import { type PointerEvent, type ReactNode, Suspense, useDeferredValue, useState } from "react";

/** For the face's button. Down counts already: the face may be replaced before the pointer is up. */
export interface Press {
  onPointerDown: (event: PointerEvent) => void;
  /** It was the beginning of a scroll. */
  onPointerCancel: () => void;
  onClick: () => void;
}

interface LaterProps {
  /** What stands there until then, looking the same. */
  face: (press: Press) => ReactNode;
  /** A component made with React.lazy; told whether the face was pressed meanwhile. */
  children: (wasPressed: boolean) => ReactNode;
}

/** Leaves a menu and its code out of the first load: its button is drawn, the rest follows. */
export function Later({ face, children }: LaterProps) {
  // Deferred, so that React keeps the face and does not draw it anew while the code is loading.
  const isDrawn = useDeferredValue(true, false);
  const [wasPressed, setPressed] = useState(false);
  const shown = face({
    onPointerDown: ({ button }) => {
      if (button === 0) setPressed(true);
    },
    onPointerCancel: () => setPressed(false),
    onClick: () => setPressed(true),
  });
  return <Suspense fallback={shown}>{isDrawn ? children(wasPressed) : shown}</Suspense>;
}
