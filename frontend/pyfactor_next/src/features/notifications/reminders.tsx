"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";

const ReminderToasts = dynamic(() => import("./reminder-toasts"), { ssr: false });
/** Nothing on the first paint needs it. */
const START_AFTER_MS = 2_000;

/** Draws nothing; tells of reminders as they come. */
export function Reminders() {
  const [isStarted, setStarted] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setStarted(true), START_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return isStarted ? <ReminderToasts /> : null;
}
