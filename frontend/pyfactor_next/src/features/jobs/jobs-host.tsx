"use client";

import dynamic from "next/dynamic";
import { useSyncExternalStore } from "react";
import { useSession } from "@/features/session";
import { storedJobs, subscribeToJobs } from "./watched";

const Tray = dynamic(() => import("./tray").then((m) => m.Tray), { ssr: false });

/** The tray of long jobs, on every page; nothing is loaded or asked for while there is none. */
export function JobsHost() {
  const { user, slug } = useSession();
  const stored = useSyncExternalStore(
    subscribeToJobs,
    () => storedJobs(user.id, slug),
    () => null,
  );
  return stored === null ? null : <Tray stored={stored} />;
}
