export type { FieldAspect, FieldName, ObjectAspect, SchemaDifference } from './schema/compare-schemas.js';
export { CurrentSchema } from './schema/current-schema.js';
export { DiscoverSchema, type Discovery } from './schema/discover-schema.js';
export { refuseDiscovery } from './schema/refuse-discovery.js';
export { SchemaListeners, type SchemaListener } from './schema/schema-listener.js';
export { SchemaModule } from './schema/schema.module.js';
export {
  countSchema,
  SCHEMA_SNAPSHOTS,
  type SchemaCounts,
  type SchemaSnapshot,
  type SchemaSnapshots,
} from './schema/schema-snapshot.js';
export { legalOperators } from './grammar/legal-operators.js';
export { SchemaIndex, type SchemaHit, type SearchWithin } from './schema/search/schema-index.js';

export { AI_AGENT_KINDS, type AiAgent, type AiAgentKind } from './agents/ai-agent.js';
export { ChangeAiAgent } from './agents/change-ai-agent.js';
export { CreateAiAgent } from './agents/create-ai-agent.js';
export { ReadAiAgents } from './agents/read-ai-agents.js';
export { RemoveAiAgent } from './agents/remove-ai-agent.js';

export { InstallDuePacks } from './pack/install-due-packs.js';
export { InstallPack, type InstalledSkill } from './pack/install-pack.js';
export { ChangePackLandings } from './pack/change-pack-landings.js';
export { LANDED } from './pack/landing.js';
export type { LandingsChange } from './pack/pack-landing.repository.js';
export { PackModule } from './pack/pack.module.js';
export { ReadPack, type OfferedPack, type OfferedSkill } from './pack/read-pack.js';

export {
  BINDING_ORIGINS,
  gatesOf,
  type Binding,
  type BindingNotice,
  type BindingVersion,
  type Gates,
} from './bindings/binding.js';
export { BindingsModule } from './bindings/bindings.module.js';
export { ChangeBinding } from './bindings/change-binding.js';
export { CheckBinding, type BindingCheck } from './bindings/check-binding.js';
export { CreateBinding } from './bindings/create-binding.js';
export { ReadBindings } from './bindings/read-bindings.js';
export { RemoveBinding } from './bindings/remove-binding.js';

export { OfferTools } from './offer/offer-tools.js';
export { CONFIRMATION_TOKEN, type OfferedTool } from './offer/offered-tool.js';

export { BINDING_REASONS, type BindingProblem, type BindingReason } from './grammar/binding-problem.js';
export type { BindingDefinition } from './grammar/binding.js';
export { openApiSchemas } from './grammar/published-schema.js';
export { readBinding, type Read } from './grammar/read-binding.js';
export { validateBinding, type Validation } from './validate/validate-binding.js';
export { compileBinding, type CompiledBinding, type ToolPlan } from './compile/compile-binding.js';
export type { InputSchema } from './compile/input-schema.js';
export type { ArgumentProblem, ReadingRules } from './compile/read-arguments.js';
export { FollowContactsInRuns } from './run/follow-contacts-in-runs.js';
export { ReadRuns, RUN_OUTCOMES, type KeptRun, type RunOutcome } from './run/read-runs.js';
export { RemoveOldRuns } from './run/remove-old-runs.js';
export { RunModule } from './run/run.module.js';
export { RunSkill, type RunSkillCommand } from './run/run-skill.js';
export type { SkillAnswer } from './run/skill-answer.js';
export { TrySkill, type SkillPlan } from './run/try-skill.js';
export { VERIFICATION_METHODS, type VerificationMethod, type VerifiedCaller } from './verify/verified-caller.js';
export { VerifyCaller } from './verify/verify-caller.js';

export { SKILLS_MIGRATIONS } from './migrations/index.js';

export { DraftBinding, type DraftOfGoal } from './auto/draft-binding.js';
export { DraftingModule } from './auto/drafting.module.js';
