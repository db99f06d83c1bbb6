"use client";

import { useQuery } from "@tanstack/react-query";
import type { ListQuery } from "@/features/records";
import { useSession } from "@/features/session";
import { boardQueryOf, sumsQuery } from "../queries";
import { Sums } from "../sums";

/** What all listed deals come to, whatever of them is loaded. */
export function ListSums({ query }: { query: ListQuery }) {
  const { slug } = useSession();
  const { data } = useQuery(sumsQuery(slug, boardQueryOf(query)));
  return data ? <Sums sums={data.sums} className="max-w-80 text-sm max-lg:hidden" /> : null;
}
