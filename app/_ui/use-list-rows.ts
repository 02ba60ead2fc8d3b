"use client";

// Rows of a list field: adding, removing and pasting rows, and which row gets the focus.
import { type ClipboardEvent, useState } from "react";

/** `number` is part of the field's name, so a row keeps it when other rows are removed. */
export type ListRow = { number: number; value: string };

function initialRows(name: string, defaults: string[], submitted?: Record<string, string>): ListRow[] {
  const rows = submitted
    ? Object.entries(submitted).flatMap(([field, value]) =>
        field.startsWith(`${name}.`) ? [{ number: Number(field.slice(name.length + 1)), value }] : [],
      )
    : defaults.map((value, number) => ({ number, value }));
  return rows.length > 0 ? rows : [{ number: 0, value: "" }];
}

export function nextNumber(rows: ListRow[]): number {
  return Math.max(...rows.map(({ number }) => number)) + 1;
}

export function useListRows(name: string, defaults: string[], submitted?: Record<string, string>) {
  const [rows, setRows] = useState(() => initialRows(name, defaults, submitted));
  // An object, so that the same row can get the focus twice.
  const [focused, setFocused] = useState<{ number?: number }>({});

  function add(values: string[]) {
    const first = nextNumber(rows);
    setRows([...rows, ...values.map((value, index) => ({ number: first + index, value }))]);
    setFocused({ number: first + values.length - 1 });
  }

  function remove(number: number) {
    const index = rows.findIndex((row) => row.number === number);
    const others = rows.filter((row) => row.number !== number);
    const rest = others.length > 0 ? others : [{ number: nextNumber(rows), value: "" }];
    setRows(rest);
    setFocused({ number: rest[Math.max(0, index - 1)]?.number });
  }

  /** Several pasted lines become several rows. */
  function paste(event: ClipboardEvent<HTMLInputElement>) {
    const lines = event.clipboardData
      .getData("text")
      .split(/\s*\n\s*/)
      .filter(Boolean);
    if (lines.length < 2) return;
    event.preventDefault();
    const [first = "", ...others] = lines;
    event.currentTarget.setRangeText(first.trim());
    add(others.map((line) => line.trim()));
  }

  return { rows, focused, add, remove, paste };
}
