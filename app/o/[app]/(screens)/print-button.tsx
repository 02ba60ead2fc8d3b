"use client";

// Button that prints the page.
import { Printer } from "lucide-react";
import { Button } from "@/app/_ui/button";

export function PrintButton() {
  return (
    <Button variant="secondary" size="sm" className="noscript:hidden" onClick={() => window.print()}>
      <Printer aria-hidden="true" className="size-4" strokeWidth={1.75} />
      Print
    </Button>
  );
}
