import { DockerfileParser, type From, type Instruction } from 'dockerfile-ast';
import { ModifiableInstruction } from 'dockerfile-ast/lib/modifiableInstruction.js';

export interface Step {
  readonly keyword: string;
  /** As written: `--from=build`. */
  readonly flags: readonly string[];
  /** What follows the flags. */
  readonly text: string;
}

export interface Stage {
  readonly image: string;
  readonly name: string | undefined;
  readonly steps: readonly Step[];
}

/** The stages of a Dockerfile with their steps. */
export function readDockerfile(text: string): readonly Stage[] {
  const stages: { image: string; name: string | undefined; steps: Step[] }[] = [];
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    if (isFrom(instruction)) stages.push({ image: instruction.getImage() ?? '', name: instruction.getBuildStage() ?? undefined, steps: [] });
    else stages.at(-1)?.steps.push(step(instruction));
  }
  return stages;
}

const isFrom = (instruction: Instruction): instruction is From => instruction.getKeyword() === 'FROM';

function step(instruction: Instruction): Step {
  return { keyword: instruction.getKeyword(), flags: flagsOf(instruction).map(String), text: instruction.getArgumentsContent() ?? '' };
}

/** Only some instructions have flags; the parser leaves them out of their arguments. */
const flagsOf = (instruction: Instruction): readonly unknown[] => (instruction instanceof ModifiableInstruction ? instruction.getFlags() : []);

/** The texts of all steps of a kind. */
export const textsOf = (steps: readonly Step[], keyword: string): string[] => steps.filter((each) => each.keyword === keyword).map(({ text }) => text);
