"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { useErrorToast, useSession } from "@/features/session";
import { toast } from "@/ui/toast";
import type { Node } from "./conditions";
import {
  isSame,
  type SavedView,
  type SavedViewPatch,
  stateOf,
  type ViewEntity,
  type ViewState,
  viewsQuery,
} from "./saved-views";

interface SavedViewsOptions {
  entity: ViewEntity;
  /** The view that was opened; null for the list as it is. */
  savedId: string | null;
  /** What the list shows now. */
  state: ViewState;
  /** Shows a view, or with null the list as it is without one. */
  open: (view: SavedView | null) => void;
  /** A kept filter in the form in which the list says it. */
  normalise: (filter: Node | null) => Node | null;
}

/** The views that one may see, the one that is open, and how to keep them. */
export function useSavedViews({ entity, savedId, state, open, normalise }: SavedViewsOptions) {
  const t = useTranslations("records.views");
  const { slug, membershipId, canWrite, canAdminister } = useSession();
  const client = useQueryClient();
  const showError = useErrorToast();
  const { data: views = [], isSuccess } = useQuery(viewsQuery(slug, entity));
  const isKept = (view: SavedView): boolean => {
    const kept = stateOf(view);
    return isSame(state, { ...kept, filter: normalise(kept.filter) });
  };
  const current = views.find((view) => view.id === savedId) ?? null;
  const reload = (): Promise<void> => {
    // It may stand in the sidebar.
    void client.invalidateQueries({ queryKey: [slug, "favourites"] });
    return client.invalidateQueries({ queryKey: viewsQuery(slug, entity).queryKey });
  };

  const change = async (view: SavedView, patch: SavedViewPatch, said: string): Promise<boolean> => {
    try {
      await djangoApi.patch("/api/crm/views/{id}/", patch, {
        path: { id: view.id },
        version: view.version,
      });
      toast.success(said);
      return true;
    } catch (error) {
      showError(error, t("failed"));
      return false;
    } finally {
      await reload();
    }
  };

  return {
    views,
    isLoaded: isSuccess,
    current,
    isModified: current !== null && !isKept(current),
    canWrite,
    canAdminister,
    mayChange: (view: SavedView): boolean =>
      canWrite && (view.created_by === membershipId || canAdminister),
    isOwn: (view: SavedView): boolean => view.created_by === membershipId,
    open,
    save: (view: SavedView) => change(view, bodyOf(state), t("saved")),
    rename: (view: SavedView, name: string) => change(view, { name }, t("renamed")),
    setDefault: (view: SavedView, isDefault: boolean) =>
      change(view, { is_default: isDefault }, t("saved")),
    share: (view: SavedView, visibility: SavedView["visibility"]) =>
      change(view, { visibility, is_default: false }, t("saved")),
    saveAs: async (name: string, visibility: SavedView["visibility"]): Promise<boolean> => {
      try {
        const body = { entity, name, visibility, ...bodyOf(state) };
        const made = await djangoApi.post("/api/crm/views/", body);
        await reload();
        toast.success(t("saved"));
        open(made);
        return true;
      } catch (error) {
        showError(error, t("failed"));
        return false;
      }
    },
    remove: async (view: SavedView): Promise<void> => {
      try {
        const { id, version } = view;
        await djangoApi.delete("/api/crm/views/{id}/", { path: { id }, version });
        toast.success(t("deleted", { name: view.name }));
        if (id === savedId) open(null);
      } catch (error) {
        showError(error, t("deleteFailed"));
      }
      await reload();
    },
  };
}

/** The view to begin with: one's own default, else everybody's. */
export function defaultOf(views: readonly SavedView[]): SavedView | undefined {
  const defaults = views.filter((view) => view.is_default);
  return defaults.find((view) => view.visibility === "private") ?? defaults[0];
}

export type SavedViews = ReturnType<typeof useSavedViews>;

function bodyOf({ filter, columns, form, ...rest }: ViewState) {
  return {
    ...rest,
    layout: form,
    filter: filter as Record<string, unknown> | null,
    columns: columns.map(({ id, width }) => ({ id, width })),
  };
}
