"use client";

import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { useSession } from "@/features/session";
import { keyOf, subscribeToJobs } from "./key";

const Tray = dynamic(() => import("./tray").then((m) => m.Tray), { ssr: false });

/** The tray of long jobs, on every page; nothing is loaded or asked for while there is none. */
export function JobsHost() {
  const { user, slug } = useSession();
  const hasJobs = useSyncExternalStore(
    subscribeToJobs,
    () => keyOf(user.id, slug) in localStorage,
    () => false,
  );
  return hasJobs ? <Tray /> : null;
}
