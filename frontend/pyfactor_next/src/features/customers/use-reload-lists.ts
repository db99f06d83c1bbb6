"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSession } from "@/features/session";
import { reloadLists } from "./cache";

export function useReloadLists(): () => Promise<void> {
  const { slug } = useSession();
  const client = useQueryClient();
  return () => reloadLists(client, slug);
}
