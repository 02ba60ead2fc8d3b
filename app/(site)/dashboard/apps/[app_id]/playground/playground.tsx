"use client";

// Playground: the steps of an authorization code flow, with their requests and responses.
import { Skeleton } from "@/app/_ui/skeleton";
import { EMPTY_STATE, newFlowSecrets, type PlaygroundState, usePlayground } from "./playground-state";
import { RequestCard } from "./request-card";
import { StartCard } from "./start-card";
import { StepCard } from "./step-card";
import { authorizeUrl, type Flow, STEPS } from "./steps";

type PlaygroundProps = { appId: string; issuer: string; redirectUri: string };

export function Playground(props: PlaygroundProps) {
  const { state, save, runStep } = usePlayground(props.appId);
  if (!state) return <Skeleton className="h-64" />;
  const { flow, exchanges } = state;
  if (!flow) return <StartCard {...props} onReady={(started) => save({ flow: started, exchanges: {} })} />;
  return (
    <div className="grid gap-6">
      <RequestCard
        flow={flow}
        onChange={(changed) => save({ ...state, flow: changed })}
        onReset={() => save(EMPTY_STATE)}
      />
      <ol className="grid gap-6">
        {STEPS.map((step, index) => (
          <li key={step.id}>
            <StepCard
              step={step}
              number={index + 1}
              flow={flow}
              exchange={exchanges[step.id]}
              onRun={() => (step.id === "authorize" ? startAuthorization(flow, save) : runStep(step.id))}
            />
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Opens the sign-in page, with new secrets each time. */
async function startAuthorization(flow: Flow, save: (state: PlaygroundState) => void): Promise<void> {
  const tokens = { code: undefined, accessToken: undefined, refreshToken: undefined };
  const started = { ...flow, ...(await newFlowSecrets()), ...tokens };
  save({ flow: started, exchanges: {} });
  window.location.assign(authorizeUrl(started));
}
