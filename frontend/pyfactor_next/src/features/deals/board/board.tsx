"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { Suspense, useEffect, useRef, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { djangoApi } from "@/api";
import { ApiErrorState, useSession } from "@/features/session";
import { cn } from "@/ui/cn";
import { Skeleton } from "@/ui/skeleton";
import { type BoardQuery, boardQuery, dealKeys, merged } from "../queries";
import type { BoardData, DealPage } from "../types";
import { useStoredFlags } from "../use-stored";
import { Column, type Loading } from "./column";
import { columnOf, entering, idsOf, inOrder, type Place, placeAmong } from "./moves";
import { focusCard, useBoardKeys } from "./use-board-keys";
import { type Lifted, useBoardMoves, useCardsName } from "./use-board-moves";
import { useBoardSelection } from "./use-board-selection";
import { usePointerDrag } from "./use-pointer-drag";

const BulkBar = dynamic(() => import("../list/deals-bulk-bar").then((m) => m.DealsBulkBar));
const ClosingDialog = dynamic(() => import("./closing-dialog").then((m) => m.ClosingDialog));

const NONE: ReadonlySet<string> = new Set();

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
  const format = useFormatter();
  const nameOf = useCardsName();
  const { slug, canWrite } = useSession();
  const scroller = useRef<HTMLDivElement>(null);
  const [lifted, setLifted] = useState<Lifted | null>(null);
  const [said, setSaid] = useState("");
  const [folds, setFold] = useStoredFlags(`folded.${slug}`);
  const { loading, more } = useMoreCards(query);
  const { drop, closing, close, giveUp } = useBoardMoves(board, query);

  const keepFocus = useFocusOf(board);

  const isFolded = (stageId: string): boolean =>
    folds[stageId] ?? columnOf(board, stageId)?.stage.category !== "open";
  const selection = useBoardSelection({
    board,
    query,
    canWrite,
    onToggle: ({ name }, isSelected) => setSaid(t(isSelected ? "chosen" : "left", { name })),
  });
  const say = (what: "lifted" | "carried" | "dropped", { cards, place }: Lifted): void => {
    const stage = columnOf(board, place.stageId)?.stage.name ?? "";
    setSaid(t(what, { name: nameOf(cards), stage, place: place.index + 1 }));
  };
  /** Takes a card up, with the others that are selected; alone if it is not. */
  const lift = (id: string): Lifted | null => {
    const isSelected = selection.ids.has(id);
    const cards = isSelected ? selection.cards : inOrder(board, new Set([id]));
    const ids = idsOf(cards);
    const place = placeAmong(board, id, ids);
    if (!canWrite || !place) return null;
    if (!isSelected) selection.clear();
    const next = { cards, ids, lead: id, place };
    setLifted(next);
    return next;
  };
  const carry = (place: Place): void => {
    if (!lifted) return;
    setLifted({ ...lifted, place });
    say("carried", { ...lifted, place });
  };
  const letGo = (): void => {
    if (!lifted) return;
    const { cards, lead, place } = lifted;
    setLifted(null);
    say("dropped", lifted);
    drop(cards, place);
    keepFocus(lead);
  };
  const cancel = (): void => {
    const [first] = lifted?.cards ?? [];
    const count = lifted?.cards.length ?? 0;
    if (count > 1) setSaid(t("cancelledMany", { count }));
    else if (first) setSaid(t("cancelled", { name: first.name }));
    setLifted(null);
  };

  const onPointerDown = usePointerDrag(scroller, {
    onLift: (id) => {
      const load = lift(id);
      const count = load?.cards.length ?? 0;
      return load && { ids: load.ids, number: count > 1 ? format.number(count) : "" };
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
    lift: (id) => {
      const next = lift(id);
      if (next) say("lifted", next);
    },
    carry,
    drop: letGo,
    cancel,
    toggle: selection.toggle,
    count: selection.cards.length,
    clear: selection.clear,
  });
  const closed = closing ? entering(closing.cards, closing.stage.id) : [];

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it hears the keys and pointers of its cards */}
      <div
        ref={scroller}
        data-board
        onPointerDown={(event) => {
          keepFocus(null);
          onPointerDown(event);
        }}
        onKeyDown={onKeyDown}
        onClick={selection.onClick}
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
            selected={selection.ids}
            lifted={lifted?.ids ?? NONE}
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
      <p id="board-selected" hidden>
        {t("isSelected")}
      </p>
      <p aria-live="assertive" className="sr-only">
        {said}
      </p>
      {/* Without boundaries of their own the board would be hidden while they load, and lose the focus. */}
      <Suspense>
        {selection.cards.length > 0 ? (
          <div className={cn(lifted && "invisible")}>
            <BulkBar
              query={query}
              ids={selection.cards.map(({ id }) => id)}
              allCount={null}
              total={undefined}
              isTrash={false}
              onSelectAll={() => undefined}
              onClear={selection.clear}
            />
          </div>
        ) : null}
      </Suspense>
      <Suspense>
        {closing ? (
          <ClosingDialog
            name={nameOf(closed)}
            isMany={closed.length > 1}
            stage={closing.stage}
            onCancel={giveUp}
            onClose={close}
          />
        ) : null}
      </Suspense>
    </>
  );
}

/** Gives a card the focus, and gives it back when the card is drawn anew elsewhere: it is gone then. */
function useFocusOf(board: BoardData): (id: string | null) => void {
  const kept = useRef<string | null>(null);
  useEffect(() => {
    void board;
    if (kept.current !== null && document.activeElement === document.body) focusCard(kept.current);
  }, [board]);
  return (id) => {
    kept.current = id;
    if (id !== null) requestAnimationFrame(() => focusCard(id));
  };
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
