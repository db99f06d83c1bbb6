"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useSession } from "@/features/session";

/** Nothing on the first paint needs it. */
const START_AFTER_MS = 300;

/** Draws nothing; what colleagues change shows on the pages of the business by itself. */
export function LivePages() {
  const client = useQueryClient();
  const { slug } = useSession();
  useEffect(() => {
    let stop: (() => void) | undefined;
    let isGone = false;
    const timer = setTimeout(() => {
      void import("./start").then(({ start }) => {
        if (!isGone) stop = start(client, slug);
      });
    }, START_AFTER_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
      stop?.();
    };
  }, [client, slug]);
  return null;
}
