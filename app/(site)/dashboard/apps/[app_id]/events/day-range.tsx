"use client";

// Two days of UTC, as controls of the filter's form. Sent as soon as one is chosen.
const look = "h-10 min-w-0 rounded-md border border-line-strong bg-surface-raised px-2.5 text-base sm:text-sm";

export function DayRange({ from, to }: { from?: string; to?: string }) {
  return [
    { name: "from", label: "From", value: from },
    { name: "to", label: "To", value: to },
  ].map(({ name, label, value }) => (
    <input
      key={name}
      type="date"
      name={name}
      aria-label={label}
      defaultValue={value}
      // While it is typed it is no date yet, and nothing is sent.
      onChange={(event) => event.target.value && event.target.form?.requestSubmit()}
      className={look}
    />
  ));
}
