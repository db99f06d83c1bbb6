"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { type Entity, fieldsQuery, filterFields, useOwnFields } from "@/features/fields";
import { useSession } from "@/features/session";
import type { BuilderProps } from "../resource";
import type { FilterFieldDef } from "./conditions";
import { FilterBuilder } from "./filter-builder";

interface ConditionsBuilderProps extends BuilderProps {
  entity: Entity;
  /** What the records can be filtered by beside the business's own fields, under the API's names. */
  fields: readonly FilterFieldDef[];
}

/** Conditions in groups. */
export function ConditionsBuilder(props: ConditionsBuilderProps) {
  const { entity, fields, view, change, onClose } = props;
  const t = useTranslations("fields");
  const { slug } = useSession();
  const own = useOwnFields(entity);
  // The builder leaves out what it does not know, so it waits until every field is known.
  const { isPending } = useQuery(fieldsQuery(slug));
  if (isPending) return null;
  return (
    <FilterBuilder
      fields={[...fields, ...filterFields(own, (label) => t("currencyOf", { label }))]}
      node={view.conditions}
      onApply={(conditions) => change({ conditions })}
      onClose={onClose}
    />
  );
}
