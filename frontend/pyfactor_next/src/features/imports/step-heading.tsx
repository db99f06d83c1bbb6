"use client";

import { type ReactNode, useEffect, useRef } from "react";

/**
 * The title of a station. It takes the focus when the station appears, so that a screen reader
 * says where one is and the next Tab goes on from there.
 */
export function StepHeading({ title, intro }: { title: string; intro?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div>
      <h2
        ref={heading}
        tabIndex={-1}
        className="text-xl font-semibold tracking-[-0.01em] outline-none"
      >
        {title}
      </h2>
      {intro ? <p className="mt-1 text-sm text-muted">{intro}</p> : null}
    </div>
  );
}
