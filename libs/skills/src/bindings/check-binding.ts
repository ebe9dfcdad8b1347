import type { Database } from '@app/platform';
import type { AiAgentRepository } from '../agents/ai-agent.repository.js';
import { compileBinding } from '../compile/compile-binding.js';
import type { InputSchema } from '../compile/input-schema.js';
import type { BindingDefinition } from '../grammar/binding.js';
import type { BindingProblem, BindingReason } from '../grammar/binding-problem.js';
import { type Read, readBinding, readBindingChange, readDefinition } from '../grammar/read-binding.js';
import { validateBinding } from '../validate/validate-binding.js';
import { type Gates, gatesOf } from './binding.js';
import type { BindingRepository } from './binding.repository.js';
import { definedByPack } from './change-binding.js';
import type { KnownSchema } from './known-schema.js';
import { mergeChange } from './merge-change.js';

/** What saving would come to. `inputSchema`: what the AI agent could send then. */
export type BindingCheck =
  { valid: true; problems: []; gates: Gates; inputSchema: InputSchema } | { valid: false; problems: CheckProblem[] };

/** Saving would answer a name that is taken in another way: here it is one place of several that are wrong. */
interface CheckProblem extends Omit<BindingProblem, 'reason'> {
  reason: BindingReason | 'name_taken';
}

/** Says what creating or changing a binding would say, without doing it: for whoever is still writing it. */
export class CheckBinding {
  constructor(
    private readonly database: Database,
    private readonly agents: AiAgentRepository,
    private readonly bindings: BindingRepository,
    private readonly schema: KnownSchema,
  ) {}

  /**
   * @param id of the binding that the body would change; left out: it would make one.
   * @throws AppError 2011; 1012 `not_connected`, `not_discovered`, `of_the_pack`
   */
  async execute(
    tenantId: string,
    { agentId, id, body }: { agentId: string; id?: string; body: unknown },
  ): Promise<BindingCheck> {
    const current = await this.database.withTenant(tenantId, async (tx) => {
      await this.agents.get(tx, tenantId, agentId);
      return id === undefined ? undefined : this.bindings.get(tx, tenantId, { agentId, id });
    });
    if (current?.origin === 'pack') throw definedByPack();
    const snapshot = await this.schema.get(tenantId);
    const { read, prunesMap } =
      current === undefined ? { read: readWhole(body), prunesMap: false } : readChanged(current.definition, body);
    if (!read.read) return { valid: false, problems: read.problems };
    const validation = validateBinding(read.value, snapshot, { prunesMap });
    const problems: CheckProblem[] = validation.valid ? [] : [...validation.problems];
    const { toolName } = read.value;
    const isJudged = toolName === current?.toolName || problems.some(({ path }) => path === 'toolName');
    if (!isJudged && (await this.isTaken(tenantId, agentId, toolName)))
      problems.unshift({ path: 'toolName', reason: 'name_taken', message: 'is the name of another skill' });
    if (!validation.valid || problems.length > 0) return { valid: false, problems };
    const { inputSchema } = compileBinding(validation.binding);
    return { valid: true, problems: [], gates: gatesOf(validation.binding.definition), inputSchema };
  }

  private async isTaken(tenantId: string, agentId: string, toolName: string): Promise<boolean> {
    return this.database.withTenant(
      tenantId,
      async (tx) => (await this.bindings.findByName(tx, tenantId, { agentId, toolName })) !== undefined,
    );
  }
}

function readWhole(body: unknown): Read<BindingDefinition> {
  const read = readBinding(body);
  if (!read.read) return read;
  const { enabled: _, ...definition } = read.value;
  return { read: true, value: definition };
}

/** As a change is: the former map is completed, unless another one was sent. */
function readChanged(
  definition: BindingDefinition,
  body: unknown,
): { read: Read<BindingDefinition>; prunesMap: boolean } {
  const change = readBindingChange(body);
  if (!change.read) return { read: change, prunesMap: false };
  const { enabled: _, ...changed } = change.value;
  return { read: readDefinition(mergeChange(definition, changed)), prunesMap: changed.inputObjectMap === undefined };
}
