"use client";

// Date range filter in UTC days. It submits the form on every complete date.
const inputClass = "h-10 min-w-0 rounded-md border border-line-strong bg-surface-raised px-2.5 text-base sm:text-sm";

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
      // An incomplete date has no value.
      onChange={(event) => event.target.value && event.target.form?.requestSubmit()}
      className={inputClass}
    />
  ));
}
