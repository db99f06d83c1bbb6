"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import type { djangoApi, Step } from "@/api";
import { djangoApi as api } from "@/api";
import { useOfferUndo } from "@/features/history";
import { useErrorToast, useSession } from "@/features/session";
import { toast } from "@/ui/toast";
import { fieldsQuery } from "../queries";
import type { OwnField } from "../types";

type Write = (client: typeof djangoApi, onChange: (step: Step) => void) => Promise<unknown>;

/** Writes of the setup. Rejects with what was refused, after it was said where nobody else says it. */
export function useSetup() {
  const t = useTranslations("fields.setup");
  const { slug } = useSession();
  const client = useQueryClient();
  const offerUndo = useOfferUndo();
  const showError = useErrorToast();
  const { mutateAsync, isPending } = useMutation({
    scope: { id: "fields-setup" },
    networkMode: "always",
    mutationFn: (write: () => Promise<unknown>) => write(),
    onSettled: () => client.invalidateQueries({ queryKey: fieldsQuery(slug).queryKey }),
  });
  const run = async (write: Write, done: string): Promise<void> => {
    let made: Step = [];
    await mutateAsync(() => write(api, (step) => (made = step)));
    toast.success(done, offerUndo(made));
  };
  /** For what has no form in which a refusal could stand. */
  const tell = (write: Write, done: string): void => {
    run(write, done).catch((error: unknown) => showError(error, t("failed")));
  };
  /** As it is now: a new order gives every field another version, behind an open form too. */
  const versionOf = (field: OwnField): number => {
    const known = client.getQueryData(fieldsQuery(slug).queryKey);
    return known?.find(({ id }) => id === field.id)?.version ?? field.version;
  };
  return { run, tell, versionOf, isBusy: isPending };
}
