"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { ApiErrorState, useSession } from "@/features/session";
import { Skeleton } from "@/ui/skeleton";
import { type BoardQuery, boardQuery, dealKeys, merged } from "../queries";
import type { BoardData, DealPage, DealRow } from "../types";
import { useStoredFlags } from "../use-stored";
import { Column, type Loading } from "./column";
import { columnOf, type Place, placeOf } from "./moves";
import { useBoardKeys } from "./use-board-keys";
import { type Lifted, useBoardMoves } from "./use-board-moves";
import { usePointerDrag } from "./use-pointer-drag";

const ClosingDialog = dynamic(() => import("./closing-dialog").then((m) => m.ClosingDialog));

interface BoardProps {
  query: BoardQuery;
  /** Absent where nothing may be created. */
  onCreate: ((stageId: string) => void) | undefined;
}

export function Board({ query, onCreate }: BoardProps) {
  const { slug } = useSession();
  const client = useQueryClient();
  const { data, error, refetch, isRefetching } = useQuery(boardQuery(client, slug, query));
  if (data) return <Loaded board={data} query={query} onCreate={onCreate} />;
  if (error) {
    return <ApiErrorState error={error} onRetry={() => void refetch()} isRetrying={isRefetching} />;
  }
  return <BoardSkeleton />;
}

function Loaded({ board, query, onCreate }: BoardProps & { board: BoardData }) {
  const t = useTranslations("deals.board");
  const { slug, canWrite } = useSession();
  const scroller = useRef<HTMLDivElement>(null);
  const [lifted, setLifted] = useState<Lifted | null>(null);
  const [said, setSaid] = useState("");
  const [folds, setFold] = useStoredFlags(`folded.${slug}`);
  const { loading, more } = useMoreCards(query);
  const { drop, closing, close, giveUp } = useBoardMoves(board, query);

  const isFolded = (stageId: string): boolean =>
    folds[stageId] ?? columnOf(board, stageId)?.stage.category !== "open";
  const say = (what: "lifted" | "carried" | "dropped", { card, place }: Lifted): void => {
    const stage = columnOf(board, place.stageId)?.stage.name ?? "";
    setSaid(t(what, { name: card.name, stage, place: place.index + 1 }));
  };
  const lift = (card: DealRow, place: Place): void => {
    setLifted({ card, place });
    say("lifted", { card, place });
  };
  const carry = (place: Place): void => {
    if (!lifted) return;
    setLifted({ ...lifted, place });
    say("carried", { ...lifted, place });
  };
  const letGo = (): void => {
    if (!lifted) return;
    const { card, place } = lifted;
    setLifted(null);
    say("dropped", lifted);
    drop(card, place);
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`[data-card="${CSS.escape(card.id)}"] a`)?.focus(),
    );
  };
  const cancel = (): void => {
    if (lifted) setSaid(t("cancelled", { name: lifted.card.name }));
    setLifted(null);
  };

  const onPointerDown = usePointerDrag(scroller, {
    onLift: (id) => {
      const place = placeOf(board, id);
      const card = place && columnOf(board, place.stageId)?.cards[place.index];
      if (!canWrite || !place || !card) return false;
      setLifted({ card, place });
      return true;
    },
    onMove: (place) => {
      if (!lifted || !place) return;
      const { stageId, index } = lifted.place;
      if (stageId !== place.stageId || index !== place.index) setLifted({ ...lifted, place });
    },
    onDrop: letGo,
    onCancel: cancel,
  });
  const onKeyDown = useBoardKeys({
    board,
    lifted,
    canWrite,
    isFolded,
    lift,
    carry,
    drop: letGo,
    cancel,
  });

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it hears the keys and pointers of its cards */}
      <div
        ref={scroller}
        data-board
        onPointerDown={onPointerDown}
        onKeyDown={onKeyDown}
        onDragStart={(event) => event.preventDefault()}
        className="relative flex min-h-0 flex-1 gap-3 overflow-x-auto overscroll-x-contain p-3 max-md:snap-x max-md:snap-mandatory max-md:pb-20 md:px-5"
      >
        {board.columns.map((column) => (
          <Column
            key={column.stage.id}
            column={column}
            isFolded={isFolded(column.stage.id)}
            onFold={(folded) => setFold(column.stage.id, folded)}
            href={(id) => `/${slug}/deals/${id}`}
            liftedId={lifted?.card.id ?? null}
            dropAt={lifted?.place.stageId === column.stage.id ? lifted.place.index : null}
            canWrite={canWrite}
            loading={loading[column.stage.id] ?? "idle"}
            onMore={() => void more(column)}
            onCreate={onCreate && (() => onCreate(column.stage.id))}
          />
        ))}
      </div>
      <p id="board-keys" hidden>
        {t("keys")}
      </p>
      <p aria-live="assertive" className="sr-only">
        {said}
      </p>
      {closing ? (
        <ClosingDialog
          name={closing.card.name}
          stage={closing.stage}
          onCancel={giveUp}
          onClose={close}
        />
      ) : null}
    </>
  );
}

/** The next cards of a column, put behind those that are there. */
function useMoreCards(query: BoardQuery) {
  const { slug } = useSession();
  const client = useQueryClient();
  const [loading, setLoading] = useState<Record<string, Loading>>({});
  const more = async ({ stage: { id }, next }: BoardData["columns"][number]): Promise<void> => {
    if (next === null) return;
    setLoading((now) => ({ ...now, [id]: "loading" }));
    try {
      const page = await djangoApi.follow<DealPage>(next);
      client.setQueryData<BoardData>(dealKeys.board(slug, query), (board) =>
        board
          ? {
              ...board,
              columns: board.columns.map((column) =>
                column.stage.id === id
                  ? { ...column, cards: merged(column.cards, page.results), next: page.next }
                  : column,
              ),
            }
          : board,
      );
      setLoading((now) => ({ ...now, [id]: "idle" }));
    } catch {
      // The column says so and offers to ask again.
      setLoading((now) => ({ ...now, [id]: "failed" }));
    }
  };
  return { loading, more };
}

function BoardSkeleton() {
  return (
    <div aria-busy className="flex min-h-0 flex-1 gap-3 overflow-hidden p-3 md:px-5">
      {[4, 3, 5, 2].map((cards) => (
        <div
          key={cards}
          className="flex h-full w-72 shrink-0 flex-col gap-2 rounded-xl bg-sunken p-3"
        >
          <Skeleton className="mb-2 h-5 w-32" />
          {Array.from({ length: cards }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the bars have no other identity
            <Skeleton key={index} className="h-20 rounded-lg" />
          ))}
        </div>
      ))}
    </div>
  );
}
