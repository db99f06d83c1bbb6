"use client";

import { useMutation } from "@tanstack/react-query";
import { LogOut } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { announceSignOut } from "@/api/session-end";
import { useErrorToast, useSession } from "@/features/session";
import { AlertDialog } from "@/ui/alert-dialog";
import { Button } from "@/ui/button";

/** Giving up one's own place here. The API keeps the last owner. */
export function LeaveBusiness() {
  const t = useTranslations("settings.members");
  const { tenant } = useSession();
  const [isOpen, setOpen] = useState(false);
  const showError = useErrorToast();
  const leave = useMutation({
    mutationFn: () => djangoApi.post("/api/tenants/current/leave/", undefined),
    onSuccess: () => {
      announceSignOut();
      window.location.assign("/sign-in");
    },
    onError: (error) => {
      setOpen(false);
      showError(error, t("failed"));
    },
  });
  return (
    <div>
      <Button variant="ghost" onClick={() => setOpen(true)}>
        <LogOut aria-hidden />
        {t("leave")}
      </Button>
      <AlertDialog
        open={isOpen}
        onOpenChange={setOpen}
        title={t("leaveTitle", { business: tenant.name })}
        description={t("leaveDescription")}
        confirmLabel={t("leave")}
        danger
        busy={leave.isPending || leave.isSuccess}
        onConfirm={() => leave.mutate()}
      />
    </div>
  );
}
