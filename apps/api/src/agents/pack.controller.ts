import { AppError } from '@app/platform';
import { ChangePackLandings, InstallPack, LANDED, type LandingsChange, ReadPack } from '@app/skills';
import { Body, Controller, Get, HttpCode, Inject, Param, Patch, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access, TenantId } from '../access/access.decorators.js';
import { Answers, Refuses } from '../http/answers.js';
import { ObjectField, TextField } from '../http/fields.js';
import { InstalledSkillResponse, PackResponse, toInstalledResponse, toPackResponse } from './pack.response.js';

class LandingRequest {
  @TextField({
    optional: true,
    nullable: true,
    max: 200,
    example: 'default',
    description: 'As GET …/objects/{object} names it; null or left out: the default pipeline',
  })
  pipelineId?: string | null;

  @TextField({
    optional: true,
    max: 200,
    example: 'qualifiedtobuy',
    description: 'Left out: the first open stage of the pipeline',
  })
  stageId?: string;
}

class ChangePackRequest {
  @ObjectField(() => LandingRequest, {
    optional: true,
    description: 'Where new tickets land',
    example: { pipelineId: '0' },
  })
  tickets?: LandingRequest;

  @ObjectField(() => LandingRequest, {
    optional: true,
    description: 'Where new deals land',
    example: { pipelineId: 'default', stageId: 'qualifiedtobuy' },
  })
  deals?: LandingRequest;
}

@ApiTags('Connector Pack')
@Controller()
export class PackController {
  constructor(
    @Inject(ReadPack) private readonly readPack: ReadPack,
    @Inject(ChangePackLandings) private readonly changeLandings: ChangePackLandings,
    @Inject(InstallPack) private readonly installPack: InstallPack,
  ) {}

  @Get('integrations/hubspot/pack')
  @Access({ scope: 'integrations:read', session: 'agent' })
  @ApiOperation({
    summary: 'The Connector Pack: its skills, what of them this portal can have, and why not the rest',
    description: 'By what was discovered; HubSpot is not asked.',
  })
  @Answers(PackResponse)
  @Refuses(2004, 2005, 2012)
  async get(@TenantId() tenantId: string): Promise<{ data: PackResponse }> {
    return { data: toPackResponse(await this.readPack.execute(tenantId)) };
  }

  @Patch('integrations/hubspot/pack')
  @Access({ scope: 'skills:write', session: 'admin' })
  @ApiOperation({
    summary: 'Where the pack’s tickets and deals land; what is left out stays. Installed skills follow at once',
  })
  @Answers(PackResponse)
  @Refuses(1001, 1002, 1004, 1012, 1015, 2004, 2005, 2012)
  async change(@TenantId() tenantId: string, @Body() body: ChangePackRequest): Promise<{ data: PackResponse }> {
    await this.changeLandings.execute(tenantId, toChange(body));
    return { data: toPackResponse(await this.readPack.execute(tenantId)) };
  }

  @Post('agents/:agentId/integrations/hubspot/pack/install')
  @HttpCode(200)
  @Access({ scope: 'skills:write', session: 'admin' })
  @ApiOperation({
    summary: 'Gives the AI agent what it lacks of the Connector Pack and the portal can have',
    description:
      'Any number of times: what is there is left alone, what was deleted comes back. A portal that wasn’t discovered since it was connected is discovered first, which takes a few seconds.',
  })
  @Answers(InstalledSkillResponse, { list: true })
  @Refuses(1004, 1012, 1015, 2004, 2005, 2011, 2012, 3002, 3004)
  async install(
    @TenantId() tenantId: string,
    @Param('agentId') agentId: string,
  ): Promise<{ data: InstalledSkillResponse[] }> {
    return { data: (await this.installPack.execute(tenantId, agentId)).map(toInstalledResponse) };
  }
}

/** @throws AppError 1001 */
function toChange(body: ChangePackRequest): LandingsChange {
  const change: LandingsChange = {};
  for (const object of LANDED) {
    const landing = body[object];
    if (landing === undefined) continue;
    const { pipelineId = null, stageId } = landing;
    if (pipelineId === null && stageId !== undefined) throw pipelineMissing(object);
    change[object] = pipelineId === null ? null : { pipelineId, stageId };
  }
  return change;
}

function pipelineMissing(object: string): AppError {
  const field = `${object}.pipelineId`;
  const message = 'is required with a stage';
  return new AppError(1001, `${field} ${message}`, { errors: [{ field, message }] });
}
