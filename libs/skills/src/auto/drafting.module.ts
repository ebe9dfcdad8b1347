import { CLOCK, type Clock, type Config, Database, type Logger, LOGGER, ModelClient } from '@app/platform';
import { type DynamicModule, Module } from '@nestjs/common';
import { AiAgentRepository } from '../agents/ai-agent.repository.js';
import { BindingRepository } from '../bindings/binding.repository.js';
import { BindingsModule } from '../bindings/bindings.module.js';
import { KnownSchema } from '../bindings/known-schema.js';
import { CurrentSchema } from '../schema/current-schema.js';
import { DraftBinding } from './draft-binding.js';
import { ModelGoal } from './model-goal.js';

/** A definition is longer than a summary, and a person waits for it, not a backlog. */
const LIMITS = { timeoutMs: 15_000, concurrency: 4 };

/** Bindings from goals in plain words, for an API: by the model that writes summaries, where there is one. */
@Module({})
export class DraftingModule {
  static forRoot({ summaryModel }: Pick<Config, 'summaryModel'>): DynamicModule {
    return {
      module: DraftingModule,
      imports: [BindingsModule],
      providers: [
        {
          provide: DraftBinding,
          inject: [Database, AiAgentRepository, BindingRepository, KnownSchema, CurrentSchema, LOGGER, CLOCK],
          useFactory: (
            database: Database,
            agents: AiAgentRepository,
            bindings: BindingRepository,
            known: KnownSchema,
            schema: CurrentSchema,
            logger: Logger,
            clock: Clock,
          ): DraftBinding => {
            const model = summaryModel && new ModelGoal(new ModelClient(summaryModel, clock, LIMITS));
            return new DraftBinding(database, agents, bindings, known, schema, logger, model);
          },
        },
      ],
      exports: [DraftBinding],
    };
  }
}
