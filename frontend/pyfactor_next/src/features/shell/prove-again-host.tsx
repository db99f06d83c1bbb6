"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { interceptProof } from "@/api/step-up";

const ProveAgain = dynamic(() => import("./prove-again"));

/** Answers an act that asks who is there with a dialog; what was asked for then goes on by itself. */
export function ProveAgainHost() {
  const [resolve, setResolve] = useState<(isProved: boolean) => void>();
  useEffect(
    () => interceptProof(() => new Promise<boolean>((settle) => setResolve(() => settle))),
    [],
  );
  if (!resolve) return null;
  const close = (isProved: boolean): void => {
    setResolve(undefined);
    resolve(isProved);
  };
  return <ProveAgain onClose={close} />;
}
