"use client";

import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "@/ui/button";
import { Dialog } from "@/ui/dialog";
import type { FilterFieldDef, Node } from "./conditions";
import { draftOf, isComplete, nodeOf, without } from "./filter-draft";
import { GroupEditor } from "./group-editor";

interface FilterBuilderProps {
  fields: readonly FilterFieldDef[];
  /** What the builder begins with; null for nothing yet. */
  node: Node | null;
  /** Null: the filter is taken away. */
  onApply: (node: Node | null) => void;
  onClose: () => void;
}

/** Groups of conditions, joined by "and" or "or". Loaded when it is opened. */
export function FilterBuilder({ fields, node, onApply, onClose }: FilterBuilderProps) {
  const t = useTranslations("records.filter");
  const formId = useId();
  const [draft, setDraft] = useState(() => draftOf(node, fields));
  const finish = (result: Node | null): void => {
    onApply(result);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("title")}
      width="sm:max-w-3xl"
      footer={
        <>
          <Button variant="ghost" className="me-auto" onClick={() => finish(null)}>
            {t("clear")}
          </Button>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            disabled={!isComplete(draft, fields)}
          >
            {t("apply")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault();
          finish(nodeOf(draft, fields));
        }}
      >
        <GroupEditor
          group={draft}
          fields={fields}
          depth={0}
          onChange={setDraft}
          onRemove={(id) => setDraft(without(draft, id))}
        />
      </form>
    </Dialog>
  );
}
