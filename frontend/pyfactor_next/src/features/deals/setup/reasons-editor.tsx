"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "use-intl";
import { AddRow } from "@/ui/add-row";
import { Badge } from "@/ui/badge";
import { IconButton } from "@/ui/icon-button";
import { NameField } from "@/ui/name-field";
import { Switch } from "@/ui/switch";
import type { LostReason } from "../types";
import type { Setup } from "./mutations";
import { Sortable } from "./sortable";

interface ReasonsEditorProps {
  reasons: readonly LostReason[];
  canChange: boolean;
  write: Setup;
}

/** Why deals are lost; one that was used is taken out of use and not deleted. */
export function ReasonsEditor({ reasons, canChange, write }: ReasonsEditorProps) {
  const t = useTranslations("deals.setup");
  return (
    <div className="flex flex-col gap-3">
      <Sortable
        label={t("reasons")}
        items={reasons}
        onReorder={
          canChange
            ? (order) => void write((api) => api.post("/api/crm/lost-reasons/reorder/", { order }))
            : undefined
        }
      >
        {({ id, name, is_active, version }) => (
          <>
            <NameField
              label={t("nameOf", { name })}
              value={name}
              isReadOnly={!canChange}
              className="min-w-0 flex-1"
              onSave={(next) =>
                write((api) =>
                  api.patch(
                    "/api/crm/lost-reasons/{id}/",
                    { name: next },
                    { path: { id }, version },
                  ),
                )
              }
            />
            {canChange ? (
              <>
                <Switch
                  label={<span className="sr-only">{t("inUse", { name })}</span>}
                  checked={is_active}
                  onCheckedChange={(next) =>
                    void write((api) =>
                      api.patch(
                        "/api/crm/lost-reasons/{id}/",
                        { is_active: next },
                        { path: { id }, version },
                      ),
                    )
                  }
                />
                <IconButton
                  label={t("delete", { name })}
                  size="icon-sm"
                  onClick={() =>
                    void write((api) =>
                      api.delete("/api/crm/lost-reasons/{id}/", { path: { id }, version }),
                    )
                  }
                >
                  <Trash2 aria-hidden />
                </IconButton>
              </>
            ) : is_active ? null : (
              <Badge>{t("notInUse")}</Badge>
            )}
          </>
        )}
      </Sortable>
      {canChange ? (
        <AddRow
          label={t("newReason")}
          button={t("addReason")}
          onAdd={(name) => write((api) => api.post("/api/crm/lost-reasons/", { name }))}
        />
      ) : null}
    </div>
  );
}
