"use client";

import { KeyRound, MoreHorizontal, Pencil, Power, Send, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { IconButton } from "@/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@/ui/menu";
import { toast } from "@/ui/toast";
import type { Webhook } from "./queries";
import { useWebhookWrites } from "./use-webhook-writes";

const EditWebhookDialog = dynamic(() =>
  import("./make-webhook-dialog").then((m) => m.EditWebhookDialog),
);
const RotateDialog = dynamic(() => import("./rotate-dialog").then((m) => m.RotateDialog));
const DeleteDialog = dynamic(() => import("./rotate-dialog").then((m) => m.DeleteDialog));

interface WebhookMenuProps {
  item: Webhook;
  /** A test message is on its way. */
  onTested: () => void;
}

/** What can be done with an endpoint. */
export function WebhookMenu({ item, onTested }: WebhookMenuProps) {
  const t = useTranslations("settings.webhooks");
  const [open, setOpen] = useState<"edit" | "rotate" | "delete">();
  const { run } = useWebhookWrites();
  const path = { id: item.id };
  const test = async (): Promise<void> => {
    const sent = await run((api) =>
      api.post("/api/webhooks/endpoints/{id}/send-test/", undefined, { path }),
    );
    if (sent) onTested();
  };
  const turn = async (): Promise<void> => {
    const turned = await run((api) =>
      api.patch(
        "/api/webhooks/endpoints/{id}/",
        { is_enabled: !item.is_enabled },
        { path, version: item.version },
      ),
    );
    if (turned) toast.success(t(turned.is_enabled ? "turnedOn" : "turnedOff"));
  };
  const close = (): void => setOpen(undefined);
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t("more", { name: item.description || item.url })}>
            <MoreHorizontal aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil aria-hidden />} onClick={() => setOpen("edit")}>
          {t("edit")}
        </MenuItem>
        {item.is_enabled ? (
          <MenuItem icon={<Send aria-hidden />} onClick={() => void test()}>
            {t("sendTest")}
          </MenuItem>
        ) : null}
        <MenuItem icon={<KeyRound aria-hidden />} onClick={() => setOpen("rotate")}>
          {t("newSecret")}
        </MenuItem>
        <MenuItem icon={<Power aria-hidden />} onClick={() => void turn()}>
          {t(item.is_enabled ? "turnOff" : "turnOn")}
        </MenuItem>
        <MenuSeparator />
        <MenuItem danger icon={<Trash2 aria-hidden />} onClick={() => setOpen("delete")}>
          {t("delete")}
        </MenuItem>
      </Menu>
      {open === "edit" ? <EditWebhookDialog item={item} onClose={close} /> : null}
      {open === "rotate" ? <RotateDialog item={item} onClose={close} /> : null}
      {open === "delete" ? <DeleteDialog item={item} onClose={close} /> : null}
    </>
  );
}
