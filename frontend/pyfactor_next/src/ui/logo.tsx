/** The mark of Dott: a D and its dot. */
export function Logo({ className = "size-6" }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path
        d="M10 8h5.5a8 8 0 0 1 0 16H10z"
        className="fill-none stroke-on-accent"
        strokeWidth="3"
        strokeLinejoin="round"
      />
      <circle cx="24.5" cy="22.5" r="2.3" className="fill-on-accent" />
    </svg>
  );
}
