// How many recovery codes are left, and new ones.
import { Card } from "@/app/_ui/card";
import { formatCount } from "@/app/_ui/format-count";
import { RenewCodes } from "./renew-codes";

export function RecoveryCodesCard({ left, canChange }: { left: number; canChange: boolean }) {
  return (
    <Card title="Recovery codes" description="Each signs you in once if you don’t have your second factor at hand.">
      <p className={`text-sm ${left < 3 ? "text-warning" : "text-ink-muted"}`}>{formatCount(left, "code")} left.</p>
      {canChange && (
        <div className="mt-4">
          <RenewCodes />
        </div>
      )}
    </Card>
  );
}
