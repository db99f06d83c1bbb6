"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Eraser } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { useErrorToast, useSession } from "@/features/session";
import { AlertDialog } from "@/ui/alert-dialog";
import { Button } from "@/ui/button";
import { Card } from "@/ui/card";
import { toast } from "@/ui/toast";

const TIMEOUT_MS = 60_000;

/** The way to be rid of the demo data; nothing where there is none, or for whoever may not. */
export function DemoData() {
  const t = useTranslations("settings.demo");
  const { slug, canAdminister } = useSession();
  const client = useQueryClient();
  const showError = useErrorToast();
  const [isAsking, setAsking] = useState(false);
  const { data } = useQuery({
    queryKey: [slug, "demo"],
    queryFn: ({ signal }) => djangoApi.get("/api/crm/demo/", { signal }),
    enabled: canAdminister,
  });
  const remove = useMutation({
    mutationFn: () => djangoApi.delete("/api/crm/demo/", { timeoutMs: TIMEOUT_MS }),
    onSuccess: () => {
      toast.success(t("removed"));
      return client.invalidateQueries({ queryKey: [slug] });
    },
    onError: (error) => showError(error, t("failed")),
    onSettled: () => setAsking(false),
  });
  if (!data || data.customers === 0) return null;
  return (
    <Card title={t("title")} description={t("description", { count: data.customers })}>
      <Button onClick={() => setAsking(true)}>
        <Eraser aria-hidden />
        {t("remove")}
      </Button>
      <AlertDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t("confirmTitle")}
        description={t("confirmDescription")}
        confirmLabel={t("remove")}
        danger
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
      />
    </Card>
  );
}
