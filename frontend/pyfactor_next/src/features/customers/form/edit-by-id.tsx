"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useEffect, useEffectEvent } from "react";
import { useTranslations } from "use-intl";
import { useErrorToast, useSession } from "@/features/session";
import { customerQuery } from "../queries";

const EditDialog = dynamic(() => import("./edit-dialog").then((m) => m.EditDialog));

/** The edit form for a row of the list, whose other fields have to be loaded first. */
export function EditById({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations("customers.edit");
  const { slug } = useSession();
  const showError = useErrorToast();
  const { data, error } = useQuery(customerQuery(slug, id));
  const giveUp = useEffectEvent((reason: Error) => {
    showError(reason, t("loadFailed"));
    onClose();
  });
  useEffect(() => {
    if (error) giveUp(error);
  }, [error]);
  return data ? <EditDialog customer={data} onClose={onClose} /> : null;
}
