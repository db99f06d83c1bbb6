import { useFormatter } from "use-intl";

/** day: "YYYY-MM-DD", the calendar's day itself, so no time zone may move it. */
export function DayHeading({ day, id }: { day: string; id?: string }) {
  const format = useFormatter();
  return (
    <h3 id={id} className="pb-2 text-xs font-medium text-muted" suppressHydrationWarning>
      {format.dateTime(new Date(`${day}T12:00:00Z`), {
        weekday: "long",
        day: "numeric",
        month: "long",
        year: "numeric",
        timeZone: "UTC",
      })}
    </h3>
  );
}
