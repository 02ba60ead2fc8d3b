"use client";

// Playground: the steps of a flow, with their requests and responses.
import { Skeleton } from "@/app/_ui/skeleton";
import { authorizeUrl, type Flow, NOT_STARTED, type ResourceChoice } from "./flow";
import { EMPTY_STATE, newFlowSecrets, type PlaygroundState, usePlayground } from "./playground-state";
import { RequestCard } from "./request-card";
import { StartCard } from "./start-card";
import { StepCard } from "./step-card";
import { type Step, stepsOf } from "./steps";

type PlaygroundProps = { appId: string; issuer: string; redirectUri: string; resources: ResourceChoice[] };

export function Playground({ resources, ...props }: PlaygroundProps) {
  const { state, save, runStep } = usePlayground(props.appId);
  if (!state) return <Skeleton className="h-64" />;
  const { flow, exchanges } = state;
  if (!flow) return <StartCard {...props} onReady={(started) => save({ flow: started, exchanges: {} })} />;
  return (
    <div className="grid gap-6">
      <RequestCard
        flow={flow}
        resources={resources}
        onChange={(changed) => save({ ...state, flow: changed })}
        // Another kind of flow has other steps.
        onRestart={(changed) => save({ flow: { ...changed, ...NOT_STARTED }, exchanges: {} })}
        onReset={() => save(EMPTY_STATE)}
      />
      <ol className="grid gap-6">
        {stepsOf(flow).map((step, index) => (
          <li key={step.id}>
            <StepCard
              step={step}
              number={index + 1}
              flow={flow}
              exchange={exchanges[step.id]}
              onRun={() => (step.opens ? open(step, state, save) : runStep(step.id))}
            />
          </li>
        ))}
      </ol>
    </div>
  );
}

type Save = (state: PlaygroundState) => void;

/** Opens the page of a step: the sign-in page here, the device page in a new tab. */
async function open(step: Step, state: PlaygroundState, save: Save): Promise<void> {
  const { flow } = state;
  if (!flow) return;
  if (step.opens === "new tab") {
    window.open(step.request(flow).url, "_blank", "noopener");
    return;
  }
  const started = flow.par ? flow : await startAgain(flow);
  const { par } = state.exchanges;
  save({ flow: started, exchanges: par && flow.par ? { par } : {} });
  window.location.assign(authorizeUrl(started));
}

/** New secrets each time. */
async function startAgain(flow: Flow): Promise<Flow> {
  return { ...flow, ...NOT_STARTED, ...(await newFlowSecrets()) };
}
