"use client";

import { Button } from "./button";

interface MoreButtonProps {
  /** A query of pages, as TanStack Query has it. */
  query: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => Promise<unknown>;
  };
  size?: "sm";
  className?: string;
  children: string;
}

/** Asks for the next page; not there when there is none. */
export function MoreButton({ query, size, className = "self-center", children }: MoreButtonProps) {
  if (!query.hasNextPage) return null;
  return (
    <Button
      {...(size ? { size } : {})}
      className={className}
      busy={query.isFetchingNextPage}
      onClick={() => void query.fetchNextPage()}
    >
      {children}
    </Button>
  );
}
