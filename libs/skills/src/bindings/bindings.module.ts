import { CLOCK, Database } from '@app/platform';
import { AuditLog, ConnectionRepository } from '@app/tenants';
import { type FactoryProvider, Inject, Module, type Provider } from '@nestjs/common';
import { AGENT_LISTENERS } from '../agents/agent-listener.js';
import { AiAgentRepository } from '../agents/ai-agent.repository.js';
import { ChangeAiAgent } from '../agents/change-ai-agent.js';
import { CreateAiAgent } from '../agents/create-ai-agent.js';
import { ReadAiAgents } from '../agents/read-ai-agents.js';
import { RemoveAiAgent } from '../agents/remove-ai-agent.js';
import { OfferTools } from '../offer/offer-tools.js';
import { AskForPack } from '../pack/ask-for-pack.js';
import { PackRequestRepository } from '../pack/pack-request.repository.js';
import { SchemaListeners } from '../schema/schema-listener.js';
import { SchemaModule } from '../schema/schema.module.js';
import { SCHEMA_SNAPSHOTS } from '../schema/schema-snapshot.js';
import { VerifiedCallerRepository } from '../verify/verified-caller.repository.js';
import { VerifyCaller } from '../verify/verify-caller.js';
import { BindingRepository } from './binding.repository.js';
import { ChangeBinding } from './change-binding.js';
import { CheckBinding } from './check-binding.js';
import { CreateBinding } from './create-binding.js';
import { KnownSchema } from './known-schema.js';
import { ReadBindings } from './read-bindings.js';
import { RecheckBindings } from './recheck-bindings.js';
import { RemoveBinding } from './remove-binding.js';

const verification: Provider[] = [
  { provide: VerifiedCallerRepository, useFactory: () => new VerifiedCallerRepository() },
  make(VerifyCaller, [Database, VerifiedCallerRepository, AuditLog, CLOCK]),
];

const agents: Provider[] = [
  { provide: AiAgentRepository, useFactory: () => new AiAgentRepository() },
  make(PackRequestRepository, [Database]),
  {
    provide: AGENT_LISTENERS,
    inject: [PackRequestRepository],
    useFactory: (requests: PackRequestRepository) => [new AskForPack(requests)],
  },
  make(CreateAiAgent, [Database, AiAgentRepository, AuditLog, CLOCK, AGENT_LISTENERS]),
  make(ChangeAiAgent, [Database, AiAgentRepository, AuditLog, CLOCK]),
  make(RemoveAiAgent, [Database, AiAgentRepository, AuditLog]),
  make(ReadAiAgents, [Database, AiAgentRepository]),
];

const bindings: Provider[] = [
  { provide: BindingRepository, useFactory: () => new BindingRepository() },
  make(KnownSchema, [ConnectionRepository, SCHEMA_SNAPSHOTS]),
  make(RecheckBindings, [Database, BindingRepository, SCHEMA_SNAPSHOTS]),
  make(CreateBinding, [Database, AiAgentRepository, BindingRepository, KnownSchema, RecheckBindings, AuditLog, CLOCK]),
  make(ChangeBinding, [Database, BindingRepository, KnownSchema, RecheckBindings, AuditLog, CLOCK]),
  make(CheckBinding, [Database, AiAgentRepository, BindingRepository, KnownSchema]),
  make(RemoveBinding, [Database, BindingRepository, AuditLog]),
  make(ReadBindings, [Database, AiAgentRepository, BindingRepository]),
  make(OfferTools, [Database, AiAgentRepository, BindingRepository]),
];

/** The constructor's parameters, by their tokens and in their order. */
export function make<P extends unknown[]>(
  type: new (...parts: P) => unknown,
  inject: { [K in keyof P]: Token },
): FactoryProvider {
  return { provide: type, inject, useFactory: (...parts: unknown[]) => new type(...(parts as P)) };
}

type Token = NonNullable<FactoryProvider['inject']>[number];

/** AI agents and their bindings, for an API. */
@Module({
  imports: [SchemaModule],
  providers: [...agents, ...bindings, ...verification],
  exports: [...agents, ...bindings, ...verification],
})
export class BindingsModule {
  constructor(@Inject(SchemaListeners) listeners: SchemaListeners, @Inject(RecheckBindings) recheck: RecheckBindings) {
    listeners.add(recheck);
  }
}
