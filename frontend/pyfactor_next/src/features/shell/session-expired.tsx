"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { followSignOut, interceptSessionEnd } from "@/api/session-end";

const SignInAgain = dynamic(() => import("./sign-in-again"));

/** Asks for the password in place when a save finds the session ended: the form stays as it is. */
export function SessionExpired() {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => followSignOut(), []);
  useEffect(
    () =>
      interceptSessionEnd((isWrite) => {
        // Such as the search for duplicates while a customer is typed in, or this dialog itself.
        const isFormOpen = document.querySelector("[role=dialog] form") !== null;
        if (!isWrite && !isFormOpen) return false;
        setOpen(true);
        return true;
      }),
    [],
  );
  return isOpen ? <SignInAgain onClose={() => setOpen(false)} /> : null;
}
