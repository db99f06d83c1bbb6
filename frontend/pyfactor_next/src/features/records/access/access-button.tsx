"use client";

import { Eye } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { IconButton } from "@/ui/icon-button";
import type { AccessResource } from "./access-dialog";
import { AccessDialog } from "./lazy";

/** Asks who sees a record. */
export function AccessButton({ resource, id }: { resource: AccessResource; id: string }) {
  const t = useTranslations("records.access");
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <IconButton label={t("title")} onClick={() => setAsking(true)}>
        <Eye aria-hidden />
      </IconButton>
      {isAsking ? (
        <AccessDialog resource={resource} id={id} onClose={() => setAsking(false)} />
      ) : null}
    </>
  );
}
