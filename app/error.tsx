"use client";

// A page threw.
import { Failure, type FailureProps } from "./_ui/failure";

export default function PageError(props: FailureProps) {
  return <Failure {...props} />;
}
