// Made from openapi.json by `npm run openapi`.
export interface paths {
    "/conversations/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open conversations with their last message, the latest activity first
         * @description Open to an API key with the scope `conversations:read`, or a signed-in agent or admin.
         */
        get: operations["Desk_listOpen"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The latest messages in the order they were written; the cursor leads to earlier ones
         * @description Open to an API key with the scope `conversations:read`, or a signed-in agent or admin.
         */
        get: operations["Desk_listMessages"];
        put?: never;
        /**
         * Adds messages to an open conversation; known ids are not added twice
         * @description Open to an API key with the scope `conversations:write`, or a signed-in agent or admin.
         */
        post: operations["Conversations_add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{id}/replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The signed-in agent answers; whoever answers first is the conversation’s agent
         * @description Open to a signed-in agent or admin.
         */
        post: operations["Desk_answer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{id}/contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The contact panel: who the customer is in HubSpot, or why nobody can say; never creates a contact
         * @description Answers within two seconds. Only an unknown conversation is refused: whatever HubSpot does is a state. Open to an API key with the scope `integrations:read`, or a signed-in agent or admin.
         */
        get: operations["Desk_contact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Conversations, newest first
         * @description Open to an API key with the scope `conversations:read`, or a signed-in agent or admin.
         */
        get: operations["Conversations_list"];
        put?: never;
        /**
         * Opens a conversation, or records a whole closed one (with closedAt)
         * @description Open to an API key with the scope `conversations:write`, or a signed-in agent or admin.
         */
        post: operations["Conversations_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Up to 100 conversations; one result per item, in order, and a bad item never sinks the rest
         * @description Open to an API key with the scope `conversations:write`, or a signed-in agent or admin.
         */
        post: operations["Conversations_createBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One conversation with its messages and delivery
         * @description Open to an API key with the scope `conversations:read`, or a signed-in agent or admin.
         */
        get: operations["Conversations_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Closes a conversation; the answer is its delivery
         * @description Open to an API key with the scope `conversations:write`, or a signed-in agent or admin.
         */
        post: operations["Conversations_close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/conversations/{id}/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Notes that the customer of an open conversation has shown to be a contact
         * @description Skills may change that contact, and what is tied to it, until the verification runs out or the conversation is closed. Said again, the latest word counts. Open to an API key with the scope `skills:execute`.
         */
        post: operations["Verification_verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The providers and whether they are connected
         * @description Open to an API key with the scope `integrations:read`, or a signed-in agent or admin.
         */
        get: operations["Connection_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/hubspot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The connection: status, portal, scopes, and what is wrong with it
         * @description Open to an API key with the scope `integrations:read`, or a signed-in agent or admin.
         */
        get: operations["Connection_get"];
        put?: never;
        post?: never;
        /**
         * Disconnects: the tokens go, everything else stays and resumes with the next connect
         * @description Open to an API key with the scope `integrations:write`, or a signed-in admin.
         */
        delete: operations["Connection_end"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/hubspot/scopes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every scope HubSpot may be asked for, why, and whether it is granted
         * @description Open to an API key with the scope `integrations:read`, or a signed-in agent or admin.
         */
        get: operations["Connection_listScopes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/hubspot/connect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Connects a portal by a static access token, which is tested before it is stored; without one, answers where an admin connects by OAuth
         * @description Open to an API key with the scope `integrations:connect`, or a signed-in admin.
         */
        post: operations["Connection_connect"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/hubspot/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Starts syncing: conversations closed from now on are written; nothing from before ever is
         * @description Open to an API key with the scope `integrations:write`, or a signed-in admin.
         */
        post: operations["Connection_enable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/hubspot/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The full wipe: tokens, settings, portal and links; what waits is skipped (disabled); conversations stay
         * @description Open to an API key with the scope `integrations:write`, or a signed-in admin.
         */
        post: operations["Connection_disable"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/hubspot/oauth/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** For browsers: takes the ticket of POST connect and leads to HubSpot's consent page */
        get: operations["OAuth_start"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/hubspot/oauth/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** For browsers: where HubSpot sends the admin back to */
        get: operations["OAuth_callback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/hubspot/writeback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is written, and to whom; its ETag guards a change
         * @description Open to an API key with the scope `integrations:read`, or a signed-in agent or admin.
         */
        get: operations["Writeback_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes what is given and leaves the rest
         * @description Open to an API key with the scope `integrations:write`, or a signed-in admin.
         */
        patch: operations["Writeback_change"];
        trace?: never;
    };
    "/integrations/hubspot/writeback/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Deliveries by outcome and reason
         * @description Open to an API key with the scope `integrations:read`, or a signed-in agent or admin.
         */
        get: operations["Writeback_stats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/hubspot/writeback/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of the conversations that closed, day by day, the oldest day first
         * @description Open to an API key with the scope `integrations:read`, or a signed-in agent or admin.
         */
        get: operations["Writeback_history"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/hubspot/options": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What agents may do with contacts, and what they see of them; its ETag guards a change
         * @description Open to an API key with the scope `integrations:read`, or a signed-in agent or admin.
         */
        get: operations["Options_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes what is given and leaves the rest
         * @description Open to an API key with the scope `integrations:write`, or a signed-in admin.
         */
        patch: operations["Options_change"];
        trace?: never;
    };
    "/integrations/hubspot/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Outbound search: up to five contacts by name, email or phone
         * @description Answers within two seconds or says that HubSpot is slow; a request that is given up costs HubSpot nothing more. People may search where the options allow it (`outboundSearch`), keys always. Open to an API key with the scope `integrations:read`, or a signed-in agent or admin.
         */
        get: operations["Contacts_search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/hubspot/properties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Contact properties that the panel can show; none that HubSpot marks as sensitive
         * @description Open to an API key with the scope `integrations:read`, or a signed-in agent or admin.
         */
        get: operations["Contacts_listProperties"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/hubspot/discover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reads what HubSpot holds: objects, fields, pipelines, how records can be tied
         * @description Some 25 calls of HubSpot, and a few for each custom object; answered within 30 seconds, mostly in a few. Who asks while one is under way gets its answer. What the connection’s scopes withhold is told with the scopes to grant. Open to an API key with the scope `integrations:write`, or a signed-in admin.
         */
        post: operations["Schema_discover"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/hubspot/objects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Objects by name: what may be done with each, or which scopes it lacks
         * @description Open to an API key with the scope `integrations:read`, or a signed-in agent or admin.
         */
        get: operations["Schema_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/hubspot/objects/{object}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One object with its fields, what a search may ask of each, its pipelines and ties
         * @description Open to an API key with the scope `integrations:read`, or a signed-in agent or admin.
         */
        get: operations["Schema_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/hubspot/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Objects and fields by words: labels, names, options, synonyms; the best first
         * @description Searches what was discovered; HubSpot is not asked. Open to an API key with the scope `integrations:read`, or a signed-in agent or admin.
         */
        get: operations["Schema_search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happens in the tenant, as it happens
         * @description Server-sent events. Each says that something changed and which; read it anew where it is shown.
         *
         *     | event | items |
         *     |---|---|
         *     | `ready` | the stream is open: what is committed from now on is told |
         *     | `resync` | something may have been missed (a reconnection, too): read anew whatever is shown |
         *     | `message.added`, `conversation.opened`, `conversation.closed` | `conversationId` |
         *     | `delivery.changed` | `deliveryId`, `conversationId`, `status` |
         *     | `connection.changed` | `status` |
         *     | `options.changed`, `writeback.changed` | |
         *     | `contact.changed` | `contactId`, of HubSpot |
         *     | `signed_out` | the session is over, and the stream ends |
         *
         *     `data` is `{ "items": [ … ] }`; without items there were too many to name. At most ten streams of a session and
         *     500 of a tenant in each process; one more is refused with 1007, `too_many_streams`. Open to a signed-in agent or admin.
         */
        get: operations["Events_listen"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/hubspot/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of closed conversations, newest first
         * @description Open to an API key with the scope `integrations:read`, or a signed-in agent or admin.
         */
        get: operations["Deliveries_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/hubspot/deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One delivery with its attempts, contact and entries
         * @description Open to an API key with the scope `integrations:read`, or a signed-in agent or admin.
         */
        get: operations["Deliveries_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/hubspot/deliveries/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Puts all failed deliveries, or all that found no contact, that a filter takes back in line
         * @description Open to an API key with the scope `integrations:write`, or a signed-in admin.
         */
        post: operations["Deliveries_replayAll"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/hubspot/deliveries/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Puts a failed delivery, or one that found no contact, back in line
         * @description Open to an API key with the scope `integrations:write`, or a signed-in admin.
         */
        post: operations["Deliveries_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs a person in: sets the session’s cookie */
        post: operations["Auth_login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends the session
         * @description Open to a signed-in agent or admin.
         */
        post: operations["Auth_logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is signed in
         * @description Open to a signed-in agent or admin.
         */
        get: operations["Auth_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Keys with their last use, newest first, revoked ones too
         * @description Open to a signed-in admin.
         */
        get: operations["ApiKeys_list"];
        put?: never;
        /**
         * Makes a key, and shows it this once
         * @description Open to a signed-in admin.
         */
        post: operations["ApiKeys_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revokes a key, at once and for good
         * @description Open to a signed-in admin.
         */
        delete: operations["ApiKeys_revoke"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The people of the tenant, newest first, deactivated ones too
         * @description Open to a signed-in admin.
         */
        get: operations["Users_list"];
        put?: never;
        /**
         * Lets a person in
         * @description Open to a signed-in admin.
         */
        post: operations["Users_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes a person’s role or password, or lets them out and in again; what is not given stays
         * @description Open to a signed-in admin.
         */
        patch: operations["Users_change"];
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who changed what, when and from where, newest first
         * @description Open to a signed-in admin.
         */
        get: operations["Audit_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The AI agents of the tenant, newest first
         * @description Open to an API key with the scope `integrations:read`, or a signed-in agent or admin.
         */
        get: operations["Agents_list"];
        put?: never;
        /**
         * Makes an AI agent
         * @description Open to an API key with the scope `skills:write`, or a signed-in admin.
         */
        post: operations["Agents_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/{agentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One AI agent; its ETag guards a change
         * @description Open to an API key with the scope `integrations:read`, or a signed-in agent or admin.
         */
        get: operations["Agents_get"];
        put?: never;
        post?: never;
        /**
         * Deletes an AI agent with its skills, for good
         * @description Open to an API key with the scope `skills:write`, or a signed-in admin.
         */
        delete: operations["Agents_remove"];
        options?: never;
        head?: never;
        /**
         * Changes what is given and leaves the rest
         * @description Open to an API key with the scope `skills:write`, or a signed-in admin.
         */
        patch: operations["Agents_change"];
        trace?: never;
    };
    "/agents/{agentId}/integrations/hubspot/bindings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The bindings of an AI agent, newest first
         * @description Open to an API key with the scope `integrations:read`, or a signed-in agent or admin.
         */
        get: operations["Bindings_list"];
        put?: never;
        /**
         * Makes a tool of a search or a write, checked against what HubSpot holds
         * @description Open to an API key with the scope `skills:write`, or a signed-in admin.
         */
        post: operations["Bindings_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/{agentId}/integrations/hubspot/bindings/{bindingId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One binding with its compiled schema; its ETag guards a change
         * @description Open to an API key with the scope `integrations:read`, or a signed-in agent or admin.
         */
        get: operations["Bindings_get"];
        put?: never;
        post?: never;
        /**
         * Deletes a binding with its versions, for good
         * @description Open to an API key with the scope `skills:write`, or a signed-in admin.
         */
        delete: operations["Bindings_remove"];
        options?: never;
        head?: never;
        /**
         * Changes what is given and leaves the rest; a changed write is disabled until it is enabled by itself
         * @description Open to an API key with the scope `skills:write`, or a signed-in admin.
         */
        patch: operations["Bindings_change"];
        trace?: never;
    };
    "/agents/{agentId}/integrations/hubspot/bindings/{bindingId}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The definitions a binding had, the current one first; the last 50 are kept
         * @description Open to an API key with the scope `integrations:read`, or a signed-in agent or admin.
         */
        get: operations["Bindings_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/{agentId}/integrations/hubspot/bindings/auto": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Drafts a binding from a goal in plain words; neither saves nor enables it
         * @description Open to an API key with the scope `skills:write`, or a signed-in admin.
         */
        post: operations["BindingDrafts_draft"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/{agentId}/integrations/hubspot/bindings/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What making this binding would say, without making it
         * @description For whoever is still writing it: what is wrong with a body is the answer, not a refusal. Open to an API key with the scope `skills:write`, or a signed-in admin.
         */
        post: operations["BindingChecks_checkNew"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/{agentId}/integrations/hubspot/bindings/{bindingId}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What changing the binding like this would say, without changing it
         * @description Open to an API key with the scope `skills:write`, or a signed-in admin.
         */
        post: operations["BindingChecks_checkChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/hubspot/pack": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The Connector Pack: its skills, what of them this portal can have, and why not the rest
         * @description By what was discovered; HubSpot is not asked. Open to an API key with the scope `integrations:read`, or a signed-in agent or admin.
         */
        get: operations["Pack_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Where the pack’s tickets and deals land; what is left out stays. Installed skills follow at once
         * @description Open to an API key with the scope `skills:write`, or a signed-in admin.
         */
        patch: operations["Pack_change"];
        trace?: never;
    };
    "/agents/{agentId}/integrations/hubspot/pack/install": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives the AI agent what it lacks of the Connector Pack and the portal can have
         * @description Any number of times: what is there is left alone, what was deleted comes back. A portal that wasn’t discovered since it was connected is discovered first, which takes a few seconds. Open to an API key with the scope `skills:write`, or a signed-in admin.
         */
        post: operations["Pack_install"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/{agentId}/skills/{name}/execute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Runs a skill of an AI agent
         * @description A write is asked for first: the answer is `confirmation_required` with a question to read out and a token of five minutes; the same call with the token writes, once. Answered within three seconds, or told to ask again (3002): with the same token that never writes twice. Open to an API key with the scope `skills:execute`.
         */
        post: operations["Skills_execute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/{agentId}/mcp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The skills of an AI agent as tools of the Model Context Protocol
         * @description Streamable HTTP of revision 2026-07-28 and of those before it, made for MCP clients: a JSON-RPC message in, one out. What goes wrong inside MCP is told as it says, as a JSON-RPC error. Open to an API key with the scope `skills:execute`.
         */
        post: operations["Mcp_answer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/{agentId}/skills/{name}/try": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Shows what a skill does, also before it is enabled
         * @description With real answers, the same gates as for AI agents, and in the same log. A look runs whether it is enabled or not; a write that is disabled, and whatever is asked with `onlyPlan`, answers `planned` with what would be asked of HubSpot, and asks nothing. Of an API key, whatever runs takes the scope `skills:execute`, too. Open to an API key with the scope `skills:write`, or a signed-in admin.
         */
        post: operations["SkillTrials_try"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/{agentId}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an AI agent did with its skills, newest first
         * @description Open to an API key with the scope `integrations:read`, or a signed-in agent or admin.
         */
        get: operations["Runs_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/integrations/hubspot/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Events from HubSpot, up to a hundred at a time; signed (v3, or v1 where there is no v3)
         * @description v1 signs no time, so of what it signs an event counts that happened within two days.
         */
        post: operations["Webhooks_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process runs */
        get: operations["Health_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether requests can be served: the database answers */
        get: operations["Health_ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures of this process for Prometheus; may be bound to another port */
        get: operations["Metrics_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        FieldProblem: {
            /** @example customer.phone */
            field: string;
            /** @example is not a phone number */
            message: string;
            /** @description Stable; where a field can be wrong in several ways */
            reason?: string;
        };
        UnderstoodPart: {
            /** @example restSearch.object */
            path: string;
            /** @example tickets */
            said: string;
            /** @example tickets */
            chosen: string;
            /** @example the goal names it */
            message: string;
        };
        ProblemResponse: {
            /**
             * Format: uri
             * @example https://threadline.dev/problems/1001
             */
            type: string;
            /** @example Required field missing */
            title: string;
            /** @example 400 */
            status: number;
            /**
             * @description What is wrong with this request, in words
             * @example channel is required
             */
            detail: string;
            /**
             * @description Stable; see the table of errors
             * @enum {number}
             */
            code: 1001 | 1002 | 1003 | 1004 | 1007 | 1012 | 1013 | 1014 | 1015 | 1016 | 2002 | 2003 | 2004 | 2005 | 2010 | 2011 | 2012 | 2013 | 2014 | 3001 | 3002 | 3003 | 3004 | 4001 | 4002;
            /**
             * @description Whether the same request may succeed later: branch on this
             * @example false
             */
            retryable: boolean;
            /**
             * @description As in X-Trace-Id and in the log
             * @example 9f86d081884c7d659a2feaa0c55ad015
             */
            trace_id: string;
            /** @description Stable; narrows the code down */
            reason?: string;
            /** @description Seconds, as in Retry-After */
            retry_after?: number;
            /** @description One for each field that is wrong */
            errors?: components["schemas"]["FieldProblem"][];
            /** @description What the key or the token lacks */
            missing_scopes?: string[];
            /** @description Of a goal that no binding could be made of */
            understood?: components["schemas"]["UnderstoodPart"][];
            /** @description Words of that goal that nothing was made of */
            ignored?: string[];
        };
        /** @enum {string} */
        Channel: "chat" | "voice" | "sms" | "whatsapp" | "imessage" | "email";
        /** @enum {string} */
        Direction: "inbound" | "outbound";
        CustomerRequest: {
            /**
             * @description Your own id of this person; the strongest way to know them again
             * @example customer-815
             */
            externalId?: string;
            /** @example ada@example.com */
            email?: string;
            /** @example +49 176 1234567 */
            phone?: string;
            /** @example Ada */
            firstName?: string;
            /** @example Lovelace */
            lastName?: string;
            /** @description Record id of the HubSpot contact, when you know it: written there, nothing is searched */
            crmContactId?: string;
        };
        AgentRequest: {
            /** @example Grace */
            name?: string;
            /** @example grace@example.com */
            email?: string;
        };
        /** @enum {string} */
        DeliveryStatus: "pending" | "delivering" | "written" | "skipped" | "failed";
        EntryResponse: {
            /** @enum {string} */
            type: "note" | "call" | "communication";
            /**
             * @description Record id in HubSpot
             * @example 481516234299
             */
            id: string;
            /** @example 1 */
            part: number;
            /** @example 1 */
            parts: number;
            /**
             * @description Opens it in HubSpot
             * @example https://app.hubspot.com/contacts/62515/record/0-1/151/?engagement=481516234299
             */
            url?: string;
        };
        ScrubbedResponse: {
            /** @example 1 */
            cards: number;
            /** @example 0 */
            nationalIds: number;
        };
        AttemptResponse: {
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            outcome: "written" | "skipped" | "failed" | "deferred" | "unknown" | "waiting" | "replayed";
            /** @example Written as 1 entry on contact 151 */
            detail: string;
            /** @description X-Trace-Id of the request that set it going */
            traceId?: string;
        };
        DeliveryResponse: {
            id: string;
            conversationId: string;
            /**
             * @description Whose conversation it is: a name, else an email, else a number
             * @example Ada Lovelace
             */
            customer?: string;
            /** @example written */
            status: components["schemas"]["DeliveryStatus"];
            /** @description Why it was skipped or failed */
            reason?: string;
            /** @description The same in words, with what to do */
            detail?: string;
            /**
             * @example email
             * @enum {string}
             */
            matchedBy?: "crm_id" | "email" | "phone" | "created";
            /** @description How many contacts matched equally well; the oldest was taken */
            tied?: number;
            /** @example 151 */
            contactId?: string;
            entries: components["schemas"]["EntryResponse"][];
            scrubbed: components["schemas"]["ScrubbedResponse"];
            attempts: components["schemas"]["AttemptResponse"][];
            /** @description X-Trace-Id of the request that closed the conversation, or put this back in line last */
            traceId?: string;
            /** Format: date-time */
            nextAttemptAt?: string;
            /** Format: date-time */
            closedAt: string;
        };
        AttachmentRequest: {
            /** @example invoice.pdf */
            name: string;
            /**
             * @description Only http(s) addresses become links
             * @example https://files.example/invoice.pdf
             */
            url?: string;
        };
        MessageResponse: {
            id: string;
            /** @enum {string} */
            author: "customer" | "agent" | "system" | "bot";
            name?: string;
            /** @example Where is my order? */
            text: string;
            /** Format: date-time */
            sentAt: string;
            attachments: components["schemas"]["AttachmentRequest"][];
        };
        LastMessageResponse: {
            /** @enum {string} */
            author: "customer" | "agent" | "system" | "bot";
            name?: string;
            /**
             * @description The first 200 characters
             * @example Where is my order?
             */
            text: string;
            /** Format: date-time */
            sentAt: string;
        };
        OpenConversationResponse: {
            id: string;
            /** @example ticket-4711 */
            externalId?: string;
            channel: components["schemas"]["Channel"];
            direction: components["schemas"]["Direction"];
            /** @enum {string} */
            status: "open" | "closed";
            customer: components["schemas"]["CustomerRequest"];
            /**
             * @example {
             *       "name": "Grace",
             *       "email": "grace@example.com"
             *     }
             */
            agent?: components["schemas"]["AgentRequest"];
            /** @example Order 4711 */
            subject?: string;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            closedAt?: string;
            /** @description Present once closed */
            delivery?: components["schemas"]["DeliveryResponse"];
            /** @description Only when one conversation is asked for */
            messages?: components["schemas"]["MessageResponse"][];
            lastMessage?: components["schemas"]["LastMessageResponse"];
            /** @example 3 */
            messageCount: number;
            /** @description What the customer has written since the last answer */
            unanswered: number;
            /**
             * Format: date-time
             * @description The last message, or the start
             */
            activeAt: string;
        };
        ReplyRequest: {
            /**
             * @description Your own id; the same reply twice is added once
             * @example reply-1
             */
            id?: string;
            /** @example On its way. */
            text: string;
        };
        /** @enum {string} */
        PanelState: "matched" | "no_match" | "not_connected" | "slow" | "down";
        /** @enum {string} */
        ShownType: "text" | "number" | "date" | "datetime" | "choice" | "boolean";
        ShownValueResponse: {
            /** @example Company Name */
            label: string;
            type: components["schemas"]["ShownType"];
            /**
             * @description ISO 8601 for dates and times, digits for numbers, labels for choices
             * @example Analytical Engines Ltd
             */
            value: string;
            /**
             * @description The same in words
             * @example Analytical Engines Ltd
             */
            display: string;
        };
        ContactResponse: {
            /** @example 151 */
            id: string;
            /** @example Ada */
            firstName?: string;
            /** @example Lovelace */
            lastName?: string;
            /** @example ada@example.com */
            email?: string;
            /**
             * @description As stored in HubSpot
             * @example [
             *       "+49 30 1234567"
             *     ]
             */
            phones: string[];
            /**
             * @description Its label; not in search results
             * @example Customer
             */
            lifecycleStage?: string;
            /**
             * @description The owner’s name; not in search results
             * @example Grace Hopper
             */
            owner?: string;
            /**
             * @description The chosen ones that are filled, by name and in their order; empty in search results
             * @example {
             *       "company": {
             *         "label": "Company Name",
             *         "type": "text",
             *         "value": "Analytical Engines Ltd",
             *         "display": "Analytical Engines Ltd"
             *       }
             *     }
             */
            properties: {
                [key: string]: components["schemas"]["ShownValueResponse"];
            };
            /**
             * Format: uri
             * @description The record in HubSpot
             * @example https://app.hubspot.com/contacts/62515/record/0-1/151
             */
            url?: string;
        };
        ContactPanelResponse: {
            state: components["schemas"]["PanelState"];
            /**
             * @description When matched
             * @example email
             * @enum {string}
             */
            matchedBy?: "crm_id" | "email" | "phone";
            /**
             * @description How many contacts matched equally well
             * @example 1
             */
            tied?: number;
            contact?: components["schemas"]["ContactResponse"];
            /** @description Why there is none, in words */
            detail?: string;
            /** @description When slow or down: ask again after so long */
            retryAfterSeconds?: number;
        };
        ConversationResponse: {
            id: string;
            /** @example ticket-4711 */
            externalId?: string;
            channel: components["schemas"]["Channel"];
            direction: components["schemas"]["Direction"];
            /** @enum {string} */
            status: "open" | "closed";
            customer: components["schemas"]["CustomerRequest"];
            /**
             * @example {
             *       "name": "Grace",
             *       "email": "grace@example.com"
             *     }
             */
            agent?: components["schemas"]["AgentRequest"];
            /** @example Order 4711 */
            subject?: string;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            closedAt?: string;
            /** @description Present once closed */
            delivery?: components["schemas"]["DeliveryResponse"];
            /** @description Only when one conversation is asked for */
            messages?: components["schemas"]["MessageResponse"][];
        };
        /**
         * @description voice
         * @enum {string}
         */
        CallStatus: "BUSY" | "CALLING_CRM_USER" | "CANCELED" | "COMPLETED" | "CONNECTING" | "FAILED" | "IN_PROGRESS" | "NO_ANSWER" | "QUEUED" | "RINGING";
        /** @enum {string} */
        Author: "customer" | "agent" | "system" | "bot";
        MessageRequest: {
            /**
             * @description Your own id; the same message twice is added once
             * @example message-1
             */
            id?: string;
            author: components["schemas"]["Author"];
            name?: string;
            /** @example Where is my order? */
            text: string;
            /**
             * Format: date-time
             * @example 2026-11-21T09:58:00Z
             */
            sentAt?: string;
            attachments?: components["schemas"]["AttachmentRequest"][];
        };
        NewConversationRequest: {
            /** @description voice: length of the call in milliseconds */
            durationMs?: number;
            /** @description voice */
            fromNumber?: string;
            /** @description voice */
            toNumber?: string;
            /**
             * @description voice
             * @default COMPLETED
             */
            callStatus?: components["schemas"]["CallStatus"];
            /** @description voice: https address of the recording */
            recordingUrl?: string;
            /**
             * @description Your own id: the same call again answers the same conversation
             * @example ticket-4711
             */
            externalId?: string;
            channel: components["schemas"]["Channel"];
            /** @default inbound */
            direction?: components["schemas"]["Direction"];
            customer: components["schemas"]["CustomerRequest"];
            /**
             * @example {
             *       "name": "Grace",
             *       "email": "grace@example.com"
             *     }
             */
            agent?: components["schemas"]["AgentRequest"];
            /** @example Order 4711 */
            subject?: string;
            /** Format: date-time */
            startedAt?: string;
            /**
             * Format: date-time
             * @description Given: a whole closed conversation is recorded in this one call
             * @example 2026-11-21T10:00:00Z
             */
            closedAt?: string;
            /**
             * @example [
             *       {
             *         "id": "message-1",
             *         "author": "customer",
             *         "text": "Where is my order?",
             *         "sentAt": "2026-11-21T09:58:00Z"
             *       },
             *       {
             *         "id": "message-2",
             *         "author": "agent",
             *         "name": "Grace",
             *         "text": "On its way.",
             *         "sentAt": "2026-11-21T09:59:00Z"
             *       }
             *     ]
             */
            messages?: components["schemas"]["MessageRequest"][];
            /** @description Your own summary, used instead of a made one */
            summary?: string;
        };
        BatchItemResponse: {
            /**
             * @description As if it had been sent alone
             * @example 202
             */
            status: number;
            /**
             * @example {
             *       "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
             *       "externalId": "ticket-4711",
             *       "channel": "chat",
             *       "direction": "inbound",
             *       "customer": {
             *         "email": "ada@example.com"
             *       },
             *       "startedAt": "2026-11-21T09:58:00.000Z",
             *       "status": "closed",
             *       "closedAt": "2026-11-21T10:00:00.000Z",
             *       "delivery": {
             *         "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
             *         "conversationId": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
             *         "status": "pending",
             *         "entries": [],
             *         "scrubbed": {
             *           "cards": 0,
             *           "nationalIds": 0
             *         },
             *         "attempts": [],
             *         "closedAt": "2026-11-21T10:00:00.000Z"
             *       }
             *     }
             */
            data?: components["schemas"]["ConversationResponse"];
            problem?: components["schemas"]["ProblemResponse"];
        };
        ConversationBatchRequest: {
            conversations: components["schemas"]["NewConversationRequest"][];
        };
        /** @enum {string} */
        ConversationStatus: "open" | "closed";
        AddMessagesRequest: {
            messages: components["schemas"]["MessageRequest"][];
        };
        CloseConversationRequest: {
            /** @description voice: length of the call in milliseconds */
            durationMs?: number;
            /** @description voice */
            fromNumber?: string;
            /** @description voice */
            toNumber?: string;
            /**
             * @description voice
             * @default COMPLETED
             */
            callStatus?: components["schemas"]["CallStatus"];
            /** @description voice: https address of the recording */
            recordingUrl?: string;
            /**
             * Format: date-time
             * @description Default: now
             * @example 2026-11-21T10:00:00Z
             */
            closedAt?: string;
            agent?: components["schemas"]["AgentRequest"];
            /** @example Asked for an order that is on its way. */
            summary?: string;
        };
        /** @enum {string} */
        VerificationMethod: "one_time_code" | "security_question" | "signed_in" | "voice" | "document" | "person";
        VerifiedCallerResponse: {
            conversationId: string;
            /** @example 512 */
            contactId: string;
            /** @example one_time_code */
            method: components["schemas"]["VerificationMethod"];
            /** @example Phone system */
            verifiedBy: string;
            /** Format: date-time */
            verifiedAt: string;
            /** Format: date-time */
            expiresAt: string;
        };
        VerifyCallerRequest: {
            /**
             * @description Id of the contact that the customer has shown to be
             * @example 512
             */
            contactId: string;
            /**
             * @description How they have shown who they are
             * @example one_time_code
             */
            method: components["schemas"]["VerificationMethod"];
            /**
             * @description Who vouches for it: a system or a person
             * @example Phone system
             */
            verifiedBy: string;
            /**
             * Format: date-time
             * @description At most 24 hours ahead; left out: in 30 minutes
             */
            expiresAt?: string;
        };
        /** @enum {string} */
        ConnectionStatus: "disconnected" | "connected" | "active" | "inactive" | "attention";
        ProviderResponse: {
            /** @enum {string} */
            provider: "hubspot";
            status: components["schemas"]["ConnectionStatus"];
            /**
             * @description The portal, for people
             * @example acme.com
             */
            accountLabel?: string;
        };
        ConnectionProblemResponse: {
            /** @example token_rejected */
            reason: string;
            /**
             * @description What to do
             * @example HubSpot no longer accepts the token: make a new one and connect again.
             */
            detail: string;
            missingScopes?: string[];
        };
        ConnectionResponse: {
            /** @example active */
            status: components["schemas"]["ConnectionStatus"];
            /** Format: date-time */
            statusSince?: string;
            /**
             * @example oauth
             * @enum {string}
             */
            kind?: "oauth" | "token";
            /** @example 62515 */
            portalId?: string;
            /**
             * @description Absent for a static token: HubSpot does not tell it
             * @example acme.com
             */
            portalDomain?: string;
            /**
             * @description Host of HubSpot's own pages for this portal
             * @example app.hubspot.com
             */
            uiDomain?: string;
            /** @example ada@acme.com */
            user?: string;
            /**
             * @description Absent: can’t be read for this kind of token
             * @example [
             *       "oauth",
             *       "crm.objects.contacts.read",
             *       "crm.objects.contacts.write"
             *     ]
             */
            scopes?: string[];
            /**
             * Format: date-time
             * @example 2026-11-21T10:00:00.000Z
             */
            connectedAt?: string;
            /**
             * Format: date-time
             * @example 2026-11-21T10:00:00.000Z
             */
            enabledAt?: string;
            problem?: components["schemas"]["ConnectionProblemResponse"];
        };
        /** @enum {string} */
        HubSpotFeature: "skills" | "custom_objects" | "workflow" | "import";
        ScopeResponse: {
            /** @example crm.objects.contacts.read */
            scope: string;
            /**
             * @description For whoever grants it
             * @example To find the contact of a conversation
             */
            reason: string;
            /** @description Of every connection */
            required: boolean;
            /** @example [] */
            features: components["schemas"]["HubSpotFeature"][];
            /**
             * @description Absent where that can’t be read
             * @example true
             */
            granted?: boolean;
        };
        ConnectResponse: {
            /**
             * @description The given token connected at once
             * @enum {string}
             */
            status?: "connected";
            /**
             * Format: uri
             * @description To be opened by a signed-in admin, within ten minutes
             * @example https://threadline.example/integrations/hubspot/oauth/start?ticket=Q2VydGFpbmx5
             */
            oauthUrl?: string;
        };
        ConnectRequest: {
            /** @description A static access token (pat-…) of the portal; left out to connect by OAuth */
            accessToken?: string;
            /**
             * @description What else HubSpot is connected for: by OAuth its scopes are asked for, a token has its own. `skills` gives every AI agent the Connector Pack
             * @example [
             *       "skills"
             *     ]
             */
            features?: components["schemas"]["HubSpotFeature"][];
        };
        /**
         * @description Required while the mode is off
         * @enum {string}
         */
        EnabledMode: "summary" | "transcript" | "summary_transcript";
        /** @enum {string} */
        NoMatchPolicy: "skip" | "create";
        EnableRequest: {
            /**
             * @description Required while the mode is off
             * @example transcript
             */
            mode?: components["schemas"]["EnabledMode"];
            /** @example create */
            onNoMatch?: components["schemas"]["NoMatchPolicy"];
        };
        /** @enum {string} */
        WritebackMode: "off" | "summary" | "transcript" | "summary_transcript";
        WritebackResponse: {
            /** @example transcript */
            mode: components["schemas"]["WritebackMode"];
            /** @example create */
            onNoMatch: components["schemas"]["NoMatchPolicy"];
            /** @example DE */
            defaultCountry?: string;
            /**
             * @example [
             *       "+493012345678"
             *     ]
             */
            ignoredNumbers: string[];
            /** @description Whether anything is written now: syncing is active and the mode is not off */
            effective: boolean;
        };
        ChangeWritebackRequest: {
            /**
             * @description For conversations closed from now on
             * @example transcript
             */
            mode?: components["schemas"]["WritebackMode"];
            /** @example create */
            onNoMatch?: components["schemas"]["NoMatchPolicy"];
            /**
             * @description ISO code for numbers without a country; null clears it
             * @example DE
             */
            defaultCountry?: string | null;
            /** @description Numbers never used for matching */
            ignoredNumbers?: string[];
        };
        StatsResponse: {
            /** @example 4812 */
            written: number;
            /** @example 3 */
            pending: number;
            /**
             * Format: date-time
             * @example 2026-11-21T10:00:00.000Z
             */
            oldestPendingAt?: string;
            /**
             * @description By reason
             * @example {
             *       "no_match": 12
             *     }
             */
            skipped: {
                [key: string]: number;
            };
            /**
             * @description By reason
             * @example {
             *       "missing_required_property": 1
             *     }
             */
            failed: {
                [key: string]: number;
            };
        };
        DayResponse: {
            /**
             * Format: date
             * @example 2026-11-21
             */
            day: string;
            /** @example 312 */
            written: number;
            /** @example 4 */
            skipped: number;
            /** @example 0 */
            failed: number;
        };
        OptionsResponse: {
            /** @description Agents may look contacts up in HubSpot when they begin a chat */
            outboundSearch: boolean;
            /**
             * @description Nothing outbound is opened without a HubSpot contact
             * @example false
             */
            outboundOnlyMatches: boolean;
            /**
             * @description Further properties in the panel, in this order
             * @example [
             *       "company"
             *     ]
             */
            panelProperties: string[];
        };
        ChangeOptionsRequest: {
            /**
             * @description Off takes outboundOnlyMatches with it
             * @example true
             */
            outboundSearch?: boolean;
            /**
             * @description Only together with outboundSearch
             * @example false
             */
            outboundOnlyMatches?: boolean;
            /**
             * @description Names, as GET …/properties lists them
             * @example [
             *       "company",
             *       "jobtitle"
             *     ]
             */
            panelProperties?: string[];
        };
        ContactPropertyResponse: {
            /** @example company */
            name: string;
            /** @example Company Name */
            label: string;
            /**
             * @description Label of the group it stands in
             * @example Contact information
             */
            group: string;
            type: components["schemas"]["ShownType"];
        };
        WithheldResponse: {
            /** @example tickets */
            name: string;
            /** @example Tickets */
            label: string;
            /**
             * @description What to grant for it
             * @example [
             *       "tickets"
             *     ]
             */
            missingScopes: string[];
        };
        SchemaChangesResponse: {
            /**
             * @description Names of objects
             * @example []
             */
            objectsAdded: string[];
            /** @example [] */
            objectsGone: string[];
            /**
             * @example [
             *       "deals"
             *     ]
             */
            objectsChanged: string[];
            /**
             * @description `object.field`
             * @example [
             *       "contacts.shoe_size"
             *     ]
             */
            fieldsAdded: string[];
            /**
             * @example [
             *       "contacts.favourite_colour"
             *     ]
             */
            fieldsGone: string[];
            /**
             * @example [
             *       "contacts.jobtitle"
             *     ]
             */
            fieldsChanged: string[];
        };
        DiscoveryResponse: {
            /** @example 5 */
            objectCount: number;
            /** @example 412 */
            fieldCount: number;
            /**
             * @description Ways in which records can be tied to others
             * @example 36
             */
            edgeCount: number;
            /** Format: date-time */
            discoveredAt: string;
            /**
             * @description Counts up when something is found changed
             * @example 2
             */
            version: number;
            /** @description What the connection may not see */
            withheld: components["schemas"]["WithheldResponse"][];
            /** @description Since the last discovery; absent where there is none, or nothing changed */
            changes?: components["schemas"]["SchemaChangesResponse"];
        };
        CapabilitiesResponse: {
            read: boolean;
            write: boolean;
        };
        CrmObjectSummaryResponse: {
            /**
             * @description As in addresses and bindings
             * @example deals
             */
            name: string;
            /**
             * @description Absent while it is withheld
             * @example 0-3
             */
            typeId?: string;
            /** @example Deal */
            label: string;
            /** @example Deals */
            pluralLabel: string;
            /** @description Of custom objects */
            description?: string;
            /** @example false */
            isCustom: boolean;
            capabilities: components["schemas"]["CapabilitiesResponse"];
            /**
             * @description What to grant for the capabilities that lack
             * @example []
             */
            missingScopes: string[];
            /** @example 78 */
            fieldCount: number;
            /** @example 9 */
            relationshipCount: number;
            /** @example 1 */
            pipelineCount: number;
        };
        CrmOptionResponse: {
            /** @example closedwon */
            value: string;
            /** @example Closed Won */
            label: string;
            /**
             * @description Not offered to people
             * @example false
             */
            isHidden: boolean;
        };
        CrmFieldResponse: {
            /** @example dealstage */
            name: string;
            /** @example Deal Stage */
            label: string;
            description?: string;
            /** @example dealinformation */
            group?: string;
            /**
             * @description HubSpot’s word, also one that is new
             * @example enumeration
             */
            type: string;
            /** @example radio */
            fieldType: string;
            options: components["schemas"]["CrmOptionResponse"][];
            /**
             * @description The options are not all that can be set: owners, users
             * @example false
             */
            optionsFromElsewhere: boolean;
            /** @example false */
            isUnique: boolean;
            /**
             * @description One of those that a create can’t do without
             * @example true
             */
            isRequired: boolean;
            /** @example false */
            isReadOnly: boolean;
            /** @example false */
            isHidden: boolean;
            /**
             * @description `none`, `sensitive`, `highly_sensitive`
             * @example none
             */
            sensitivity: string;
            /**
             * @description What a search may ask of it; none of a type that is not known
             * @example [
             *       "EQ",
             *       "NEQ",
             *       "IN",
             *       "NOT_IN",
             *       "HAS_PROPERTY",
             *       "NOT_HAS_PROPERTY"
             *     ]
             */
            operators: string[];
        };
        CrmStageResponse: {
            /** @example closedwon */
            id: string;
            /** @example Closed Won */
            label: string;
            /** @example true */
            isClosed: boolean;
        };
        CrmPipelineResponse: {
            /** @example default */
            id: string;
            /** @example Sales Pipeline */
            label: string;
            /** @example true */
            isDefault: boolean;
            stages: components["schemas"]["CrmStageResponse"][];
        };
        CrmRelationshipResponse: {
            /**
             * @description Name of the other object
             * @example contacts
             */
            to: string;
            /** @example 3 */
            typeId: number;
            /** @example HUBSPOT_DEFINED */
            category: string;
            /** @description Absent for the plain tie */
            label?: string;
        };
        CrmObjectResponse: {
            /**
             * @description As in addresses and bindings
             * @example deals
             */
            name: string;
            /**
             * @description Absent while it is withheld
             * @example 0-3
             */
            typeId?: string;
            /** @example Deal */
            label: string;
            /** @example Deals */
            pluralLabel: string;
            /** @description Of custom objects */
            description?: string;
            /** @example false */
            isCustom: boolean;
            capabilities: components["schemas"]["CapabilitiesResponse"];
            /**
             * @description What to grant for the capabilities that lack
             * @example []
             */
            missingScopes: string[];
            /** @example 78 */
            fieldCount: number;
            /** @example 9 */
            relationshipCount: number;
            /** @example 1 */
            pipelineCount: number;
            /**
             * @description The field that names a record
             * @example dealname
             */
            primaryField?: string;
            /**
             * @description Looked at by a search for words
             * @example [
             *       "dealname"
             *     ]
             */
            searchableFields: string[];
            /**
             * @description A create needs every one
             * @example [
             *       "dealname",
             *       "dealstage",
             *       "pipeline"
             *     ]
             */
            requiredFields: string[];
            /**
             * @description And one of these, where there are any
             * @example []
             */
            requiresOneOf: string[];
            fields: components["schemas"]["CrmFieldResponse"][];
            pipelines: components["schemas"]["CrmPipelineResponse"][];
            relationships: components["schemas"]["CrmRelationshipResponse"][];
        };
        /** @enum {string} */
        SchemaHitKind: "object" | "field";
        SchemaHitResponse: {
            /** @example field */
            kind: components["schemas"]["SchemaHitKind"];
            /**
             * @description Name of the object
             * @example deals
             */
            object: string;
            /** @example Deals */
            objectLabel: string;
            /**
             * @description Name of the field
             * @example dealstage
             */
            field?: string;
            /**
             * @description Of the field, or of the object
             * @example Deal Stage
             */
            label: string;
            /** @example enumeration */
            type?: string;
            /** @description Those that the words speak of, the best first */
            options: components["schemas"]["CrmOptionResponse"][];
            /**
             * @description How well it fits, compared to the others
             * @example 61.4
             */
            score: number;
        };
        ReplayedResponse: {
            /** @description How many this call put back in line; at most 5,000 */
            replayed: number;
            /** @description There are further ones: call again */
            more: boolean;
        };
        /**
         * @description Of skipped ones, those that found no contact (no_match, nothing_to_match)
         * @enum {string}
         */
        ReplayableStatus: "failed" | "skipped";
        ReplayDeliveriesRequest: {
            /** @description Of skipped ones, those that found no contact (no_match, nothing_to_match) */
            status: components["schemas"]["ReplayableStatus"];
            /** @description Why it was skipped or failed */
            reason?: string;
            /**
             * Format: date-time
             * @description Closed at or after
             */
            from?: string;
            /**
             * Format: date-time
             * @description Closed before
             */
            to?: string;
        };
        /** @enum {string} */
        UserRole: "admin" | "agent";
        TenantResponse: {
            id: string;
            /** @example Acme */
            name: string;
        };
        SignedInResponse: {
            userId: string;
            email: string;
            role: components["schemas"]["UserRole"];
            tenant: components["schemas"]["TenantResponse"];
        };
        SignInRequest: {
            /** @example admin@demo.example */
            email: string;
            /**
             * Format: password
             * @example correct horse battery
             */
            password: string;
        };
        SignedOutResponse: {
            /** @enum {boolean} */
            signedOut: true;
        };
        /** @enum {string} */
        ApiKeyScope: "conversations:read" | "conversations:write" | "integrations:read" | "integrations:write" | "integrations:connect" | "skills:write" | "skills:execute" | "messages:write";
        ApiKeyResponse: {
            id: string;
            /** @example Help desk */
            name: string;
            /**
             * @example [
             *       "conversations:read"
             *     ]
             */
            scopes: components["schemas"]["ApiKeyScope"][];
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description To the minute
             */
            lastUsedAt?: string;
            /** Format: date-time */
            revokedAt?: string;
        };
        CreatedApiKeyResponse: {
            id: string;
            /** @example Help desk */
            name: string;
            /**
             * @example [
             *       "conversations:read"
             *     ]
             */
            scopes: components["schemas"]["ApiKeyScope"][];
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description To the minute
             */
            lastUsedAt?: string;
            /** Format: date-time */
            revokedAt?: string;
            /**
             * @description The key itself: shown here and never again
             * @example tl_live_9mYx…
             */
            key: string;
        };
        CreateApiKeyRequest: {
            /** @example Help desk */
            name: string;
            /**
             * @example [
             *       "conversations:read",
             *       "conversations:write"
             *     ]
             */
            scopes: components["schemas"]["ApiKeyScope"][];
        };
        UserResponse: {
            id: string;
            email: string;
            /** @example agent */
            role: components["schemas"]["UserRole"];
            /** @description Whether they can sign in */
            active: boolean;
            /** Format: date-time */
            deactivatedAt?: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastSignInAt?: string;
        };
        CreateUserRequest: {
            /** @example grace@example.com */
            email: string;
            /**
             * Format: password
             * @example correct horse battery
             */
            password: string;
            /** @example agent */
            role: components["schemas"]["UserRole"];
        };
        ChangeUserRequest: {
            /** @example admin */
            role?: components["schemas"]["UserRole"];
            /**
             * Format: password
             * @description Ends the sessions begun with the old one
             */
            password?: string;
            /** @description false: can’t sign in any more, and is signed out at once; true: can again */
            active?: boolean;
        };
        /** @enum {string} */
        ActorKind: "api_key" | "user" | "operator" | "system";
        ActorResponse: {
            /** @example user */
            kind: components["schemas"]["ActorKind"];
            id?: string;
            /**
             * @description A person’s email, a key’s name
             * @example ada@example.com
             */
            name: string;
        };
        /** @enum {string} */
        AuditAction: "session.signed_in" | "session.signed_out" | "user.created" | "user.changed" | "api_key.created" | "api_key.revoked" | "connection.connected" | "connection.enabled" | "connection.disabled" | "connection.disconnected" | "connection.uninstalled" | "connection.needs_attention" | "connection.recovered" | "writeback.changed" | "options.changed" | "delivery.replayed" | "deliveries.replayed" | "credentials.re_encrypted" | "tenant.suspended" | "tenant.resumed" | "demo.customer_invited" | "schema.discovered" | "ai_agent.created" | "ai_agent.changed" | "ai_agent.deleted" | "binding.created" | "binding.changed" | "binding.enabled" | "binding.disabled" | "binding.deleted" | "pack.installed" | "pack.changed" | "caller.verified" | "skill.wrote";
        AuditEntryResponse: {
            id: string;
            /** Format: date-time */
            at: string;
            actor: components["schemas"]["ActorResponse"];
            /** @example writeback.changed */
            action: components["schemas"]["AuditAction"];
            /** @description Id of what was changed */
            target?: string;
            /**
             * @example {
             *       "mode": "transcript"
             *     }
             */
            details: {
                [key: string]: unknown;
            };
            /**
             * @description Where the request came from
             * @example 203.0.113.9
             */
            address?: string;
            traceId?: string;
        };
        /** @enum {string} */
        AiAgentKind: "chat" | "voice" | "other";
        AiAgentResponse: {
            id: string;
            /** @example Reception */
            name: string;
            /** @example Answers the phone at night */
            description?: string;
            /** @example voice */
            kind: components["schemas"]["AiAgentKind"];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        CreateAiAgentRequest: {
            /** @example Reception */
            name: string;
            /** @example Answers the phone at night */
            description?: string;
            /**
             * @description Where it talks to people
             * @default other
             * @example voice
             */
            kind?: components["schemas"]["AiAgentKind"];
        };
        ChangeAiAgentRequest: {
            /** @example Night reception */
            name?: string;
            /** @description null clears it */
            description?: string | null;
            kind?: components["schemas"]["AiAgentKind"];
        };
        /** @enum {string} */
        BindingOperation: "restSearch" | "restWrite";
        /**
         * @description pack: the Connector Pack brought it; it can be switched and deleted, not changed
         * @enum {string}
         */
        BindingOrigin: "binding" | "pack";
        /**
         * @description broken: the portal no longer has what it uses (see problems), and it does not run
         * @enum {string}
         */
        BindingState: "ready" | "broken";
        /** @enum {string} */
        BindingReason: "malformed" | "illegal_name" | "reserved_name" | "unknown_object" | "withheld_object" | "unknown_field" | "unknown_relationship" | "unknown_owner" | "unknown_type" | "sensitive_field" | "read_only_field" | "illegal_operator" | "unknown_option" | "wrong_value" | "wrong_input_type" | "required_field_unbound" | "key_not_unique" | "undeclared_input" | "unused_input" | "unused_mapping" | "duplicate_input" | "reserved_input" | "duplicate_field" | "limit_exceeded" | "paging_unavailable";
        BindingProblemResponse: {
            /** @example restSearch.where[0][1].field */
            field: string;
            /** @example unknown_field */
            reason: components["schemas"]["BindingReason"];
            /** @example is not a field of deals */
            message: string;
        };
        GatesResponse: {
            /**
             * @description The caller is read a sentence, and says yes
             * @example false
             */
            confirmation: boolean;
            /**
             * @description The caller has shown who they are
             * @example false
             */
            verifiedCaller: boolean;
        };
        NoticeResponse: {
            /** @enum {string} */
            reason: "write_needs_review";
            /** @example A write is saved disabled, to be reviewed */
            message: string;
        };
        BindingResponse: {
            /** @example find_open_deals */
            toolName: string;
            /** @example Finds open deals by a word of their name */
            description: string;
            /** @example restSearch */
            operation: components["schemas"]["BindingOperation"];
            /**
             * @example {
             *       "object": "deals",
             *       "where": [
             *         [
             *           {
             *             "field": "dealname",
             *             "operator": "CONTAINS_TOKEN",
             *             "value": {
             *               "input": "word"
             *             }
             *           },
             *           {
             *             "field": "hs_is_closed",
             *             "operator": "EQ",
             *             "value": {
             *               "constant": false
             *             }
             *           }
             *         ]
             *       ],
             *       "select": [
             *         "dealname",
             *         "amount"
             *       ],
             *       "sort": {
             *         "field": "createdate",
             *         "direction": "descending"
             *       },
             *       "take": {
             *         "many": 10
             *       }
             *     }
             */
            restSearch?: {
                object?: string;
                /** @description Groups joined by OR; the filters of a group by AND. Empty: every record */
                where?: ({
                    /** @description A field of the object, or associations.contacts (companies, deals, tickets): the id of such a record that it is tied to, by EQ or IN */
                    field: string;
                    /** @enum {string} */
                    operator: "EQ" | "NEQ" | "LT" | "LTE" | "GT" | "GTE" | "CONTAINS_TOKEN" | "NOT_CONTAINS_TOKEN";
                    value: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                    /** @description Only this filter goes when its input is left out, not its group */
                    optional?: boolean;
                } | {
                    /** @description A field of the object, or associations.contacts (companies, deals, tickets): the id of such a record that it is tied to, by EQ or IN */
                    field: string;
                    /** @enum {string} */
                    operator: "BETWEEN";
                    value: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                    highValue: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                    /** @description Only this filter goes when its input is left out, not its group */
                    optional?: boolean;
                } | {
                    /** @description A field of the object, or associations.contacts (companies, deals, tickets): the id of such a record that it is tied to, by EQ or IN */
                    field: string;
                    /** @enum {string} */
                    operator: "IN" | "NOT_IN";
                    values: ({
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    })[];
                    /** @description Only this filter goes when its input is left out, not its group */
                    optional?: boolean;
                } | {
                    /** @description A field of the object, or associations.contacts (companies, deals, tickets): the id of such a record that it is tied to, by EQ or IN */
                    field: string;
                    /** @enum {string} */
                    operator: "HAS_PROPERTY" | "NOT_HAS_PROPERTY";
                })[][];
                select?: string[];
                sort?: {
                    field: string;
                    /** @enum {string} */
                    direction: "ascending" | "descending";
                };
                take?: ("one" | "latest") | {
                    many: number;
                    paging?: boolean;
                };
            };
            restWrite?: {
                /** @enum {string} */
                action: "create";
                object: string;
                /** @default [] */
                associate?: {
                    /** @enum {string} */
                    to: "contacts" | "companies" | "deals" | "tickets";
                    id: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                    /** @description Left out: the plain tie */
                    label?: string;
                }[];
                set: {
                    field: string;
                    value: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                }[];
            } | {
                /** @enum {string} */
                action: "update";
                object: string;
                /** @default [] */
                associate?: {
                    /** @enum {string} */
                    to: "contacts" | "companies" | "deals" | "tickets";
                    id: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                    /** @description Left out: the plain tie */
                    label?: string;
                }[];
                /** @description From an earlier find */
                id: {
                    input: string;
                };
                /** @default [] */
                set?: {
                    field: string;
                    value: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                }[];
            } | {
                /** @enum {string} */
                action: "findOrCreate";
                object: string;
                /** @default [] */
                associate?: {
                    /** @enum {string} */
                    to: "contacts" | "companies" | "deals" | "tickets";
                    id: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                    /** @description Left out: the plain tie */
                    label?: string;
                }[];
                /** @description A unique field, or a contact’s e-mail or phone */
                key: {
                    field: string;
                    value: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                };
                /** @default [] */
                set?: {
                    field: string;
                    value: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                }[];
            };
            /**
             * @example [
             *       {
             *         "name": "word",
             *         "description": "A word of the deal’s name",
             *         "required": true,
             *         "maxLength": 80
             *       }
             *     ]
             */
            inputs: {
                name: string;
                /**
                 * @description Left out: that of the field it stands for
                 * @enum {string}
                 */
                type?: "text" | "email" | "phone" | "number" | "boolean" | "date" | "datetime" | "option" | "options" | "id" | "owner";
                /** @description For the AI agent */
                description: string;
                /** @default true */
                required?: boolean;
                /** @description Of a text; default 200 */
                maxLength?: number;
                /** @description Fewer than the field has */
                options?: string[];
            }[];
            /**
             * @example [
             *       {
             *         "input": "word",
             *         "object": "deals",
             *         "field": "dealname"
             *       }
             *     ]
             */
            inputObjectMap: {
                input: string;
                object: string;
                field: string;
            }[];
            /** @description null: everything selected */
            projection?: {
                field: string;
                as?: string;
            }[];
            id: string;
            agentId: string;
            /**
             * @description pack: the Connector Pack brought it; it can be switched and deleted, not changed
             * @example binding
             */
            origin: components["schemas"]["BindingOrigin"];
            /**
             * @description Counts up with every change of the definition
             * @example 1
             */
            version: number;
            enabled: boolean;
            /** @description broken: the portal no longer has what it uses (see problems), and it does not run */
            state: components["schemas"]["BindingState"];
            /** @example [] */
            problems: components["schemas"]["BindingProblemResponse"][];
            gates: components["schemas"]["GatesResponse"];
            /**
             * @description JSON Schema of what the AI agent may send
             * @example {
             *       "type": "object",
             *       "properties": {
             *         "word": {
             *           "type": "string",
             *           "description": "A word of the deal’s name",
             *           "minLength": 1,
             *           "maxLength": 80
             *         }
             *       },
             *       "required": [
             *         "word"
             *       ],
             *       "additionalProperties": false
             *     }
             */
            inputSchema: {
                [key: string]: unknown;
            };
            /** @description Where the answer is not quite what was asked for */
            notice?: components["schemas"]["NoticeResponse"];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        BindingVersionResponse: {
            /** @example find_open_deals */
            toolName: string;
            /** @example Finds open deals by a word of their name */
            description: string;
            /** @example restSearch */
            operation: components["schemas"]["BindingOperation"];
            /**
             * @example {
             *       "object": "deals",
             *       "where": [
             *         [
             *           {
             *             "field": "dealname",
             *             "operator": "CONTAINS_TOKEN",
             *             "value": {
             *               "input": "word"
             *             }
             *           },
             *           {
             *             "field": "hs_is_closed",
             *             "operator": "EQ",
             *             "value": {
             *               "constant": false
             *             }
             *           }
             *         ]
             *       ],
             *       "select": [
             *         "dealname",
             *         "amount"
             *       ],
             *       "sort": {
             *         "field": "createdate",
             *         "direction": "descending"
             *       },
             *       "take": {
             *         "many": 10
             *       }
             *     }
             */
            restSearch?: {
                object?: string;
                /** @description Groups joined by OR; the filters of a group by AND. Empty: every record */
                where?: ({
                    /** @description A field of the object, or associations.contacts (companies, deals, tickets): the id of such a record that it is tied to, by EQ or IN */
                    field: string;
                    /** @enum {string} */
                    operator: "EQ" | "NEQ" | "LT" | "LTE" | "GT" | "GTE" | "CONTAINS_TOKEN" | "NOT_CONTAINS_TOKEN";
                    value: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                    /** @description Only this filter goes when its input is left out, not its group */
                    optional?: boolean;
                } | {
                    /** @description A field of the object, or associations.contacts (companies, deals, tickets): the id of such a record that it is tied to, by EQ or IN */
                    field: string;
                    /** @enum {string} */
                    operator: "BETWEEN";
                    value: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                    highValue: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                    /** @description Only this filter goes when its input is left out, not its group */
                    optional?: boolean;
                } | {
                    /** @description A field of the object, or associations.contacts (companies, deals, tickets): the id of such a record that it is tied to, by EQ or IN */
                    field: string;
                    /** @enum {string} */
                    operator: "IN" | "NOT_IN";
                    values: ({
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    })[];
                    /** @description Only this filter goes when its input is left out, not its group */
                    optional?: boolean;
                } | {
                    /** @description A field of the object, or associations.contacts (companies, deals, tickets): the id of such a record that it is tied to, by EQ or IN */
                    field: string;
                    /** @enum {string} */
                    operator: "HAS_PROPERTY" | "NOT_HAS_PROPERTY";
                })[][];
                select?: string[];
                sort?: {
                    field: string;
                    /** @enum {string} */
                    direction: "ascending" | "descending";
                };
                take?: ("one" | "latest") | {
                    many: number;
                    paging?: boolean;
                };
            };
            restWrite?: {
                /** @enum {string} */
                action: "create";
                object: string;
                /** @default [] */
                associate?: {
                    /** @enum {string} */
                    to: "contacts" | "companies" | "deals" | "tickets";
                    id: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                    /** @description Left out: the plain tie */
                    label?: string;
                }[];
                set: {
                    field: string;
                    value: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                }[];
            } | {
                /** @enum {string} */
                action: "update";
                object: string;
                /** @default [] */
                associate?: {
                    /** @enum {string} */
                    to: "contacts" | "companies" | "deals" | "tickets";
                    id: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                    /** @description Left out: the plain tie */
                    label?: string;
                }[];
                /** @description From an earlier find */
                id: {
                    input: string;
                };
                /** @default [] */
                set?: {
                    field: string;
                    value: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                }[];
            } | {
                /** @enum {string} */
                action: "findOrCreate";
                object: string;
                /** @default [] */
                associate?: {
                    /** @enum {string} */
                    to: "contacts" | "companies" | "deals" | "tickets";
                    id: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                    /** @description Left out: the plain tie */
                    label?: string;
                }[];
                /** @description A unique field, or a contact’s e-mail or phone */
                key: {
                    field: string;
                    value: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                };
                /** @default [] */
                set?: {
                    field: string;
                    value: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                }[];
            };
            /**
             * @example [
             *       {
             *         "name": "word",
             *         "description": "A word of the deal’s name",
             *         "required": true,
             *         "maxLength": 80
             *       }
             *     ]
             */
            inputs: {
                name: string;
                /**
                 * @description Left out: that of the field it stands for
                 * @enum {string}
                 */
                type?: "text" | "email" | "phone" | "number" | "boolean" | "date" | "datetime" | "option" | "options" | "id" | "owner";
                /** @description For the AI agent */
                description: string;
                /** @default true */
                required?: boolean;
                /** @description Of a text; default 200 */
                maxLength?: number;
                /** @description Fewer than the field has */
                options?: string[];
            }[];
            /**
             * @example [
             *       {
             *         "input": "word",
             *         "object": "deals",
             *         "field": "dealname"
             *       }
             *     ]
             */
            inputObjectMap: {
                input: string;
                object: string;
                field: string;
            }[];
            /** @description null: everything selected */
            projection?: {
                field: string;
                as?: string;
            }[];
            /** @example 1 */
            version: number;
            /** Format: date-time */
            createdAt: string;
        };
        DraftDefinitionResponse: {
            /** @example find_open_deals */
            toolName: string;
            /** @example Finds open deals by a word of their name */
            description: string;
            /** @example restSearch */
            operation: components["schemas"]["BindingOperation"];
            /**
             * @example {
             *       "object": "deals",
             *       "where": [
             *         [
             *           {
             *             "field": "dealname",
             *             "operator": "CONTAINS_TOKEN",
             *             "value": {
             *               "input": "word"
             *             }
             *           },
             *           {
             *             "field": "hs_is_closed",
             *             "operator": "EQ",
             *             "value": {
             *               "constant": false
             *             }
             *           }
             *         ]
             *       ],
             *       "select": [
             *         "dealname",
             *         "amount"
             *       ],
             *       "sort": {
             *         "field": "createdate",
             *         "direction": "descending"
             *       },
             *       "take": {
             *         "many": 10
             *       }
             *     }
             */
            restSearch?: {
                object?: string;
                /** @description Groups joined by OR; the filters of a group by AND. Empty: every record */
                where?: ({
                    /** @description A field of the object, or associations.contacts (companies, deals, tickets): the id of such a record that it is tied to, by EQ or IN */
                    field: string;
                    /** @enum {string} */
                    operator: "EQ" | "NEQ" | "LT" | "LTE" | "GT" | "GTE" | "CONTAINS_TOKEN" | "NOT_CONTAINS_TOKEN";
                    value: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                    /** @description Only this filter goes when its input is left out, not its group */
                    optional?: boolean;
                } | {
                    /** @description A field of the object, or associations.contacts (companies, deals, tickets): the id of such a record that it is tied to, by EQ or IN */
                    field: string;
                    /** @enum {string} */
                    operator: "BETWEEN";
                    value: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                    highValue: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                    /** @description Only this filter goes when its input is left out, not its group */
                    optional?: boolean;
                } | {
                    /** @description A field of the object, or associations.contacts (companies, deals, tickets): the id of such a record that it is tied to, by EQ or IN */
                    field: string;
                    /** @enum {string} */
                    operator: "IN" | "NOT_IN";
                    values: ({
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    })[];
                    /** @description Only this filter goes when its input is left out, not its group */
                    optional?: boolean;
                } | {
                    /** @description A field of the object, or associations.contacts (companies, deals, tickets): the id of such a record that it is tied to, by EQ or IN */
                    field: string;
                    /** @enum {string} */
                    operator: "HAS_PROPERTY" | "NOT_HAS_PROPERTY";
                })[][];
                select?: string[];
                sort?: {
                    field: string;
                    /** @enum {string} */
                    direction: "ascending" | "descending";
                };
                take?: ("one" | "latest") | {
                    many: number;
                    paging?: boolean;
                };
            };
            restWrite?: {
                /** @enum {string} */
                action: "create";
                object: string;
                /** @default [] */
                associate?: {
                    /** @enum {string} */
                    to: "contacts" | "companies" | "deals" | "tickets";
                    id: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                    /** @description Left out: the plain tie */
                    label?: string;
                }[];
                set: {
                    field: string;
                    value: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                }[];
            } | {
                /** @enum {string} */
                action: "update";
                object: string;
                /** @default [] */
                associate?: {
                    /** @enum {string} */
                    to: "contacts" | "companies" | "deals" | "tickets";
                    id: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                    /** @description Left out: the plain tie */
                    label?: string;
                }[];
                /** @description From an earlier find */
                id: {
                    input: string;
                };
                /** @default [] */
                set?: {
                    field: string;
                    value: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                }[];
            } | {
                /** @enum {string} */
                action: "findOrCreate";
                object: string;
                /** @default [] */
                associate?: {
                    /** @enum {string} */
                    to: "contacts" | "companies" | "deals" | "tickets";
                    id: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                    /** @description Left out: the plain tie */
                    label?: string;
                }[];
                /** @description A unique field, or a contact’s e-mail or phone */
                key: {
                    field: string;
                    value: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                };
                /** @default [] */
                set?: {
                    field: string;
                    value: {
                        constant: string | number | boolean | string[];
                    } | {
                        input: string;
                    };
                }[];
            };
            /**
             * @example [
             *       {
             *         "name": "word",
             *         "description": "A word of the deal’s name",
             *         "required": true,
             *         "maxLength": 80
             *       }
             *     ]
             */
            inputs: {
                name: string;
                /**
                 * @description Left out: that of the field it stands for
                 * @enum {string}
                 */
                type?: "text" | "email" | "phone" | "number" | "boolean" | "date" | "datetime" | "option" | "options" | "id" | "owner";
                /** @description For the AI agent */
                description: string;
                /** @default true */
                required?: boolean;
                /** @description Of a text; default 200 */
                maxLength?: number;
                /** @description Fewer than the field has */
                options?: string[];
            }[];
            /**
             * @example [
             *       {
             *         "input": "word",
             *         "object": "deals",
             *         "field": "dealname"
             *       }
             *     ]
             */
            inputObjectMap: {
                input: string;
                object: string;
                field: string;
            }[];
            /** @description null: everything selected */
            projection?: {
                field: string;
                as?: string;
            }[];
            /**
             * @description A draft is never enabled
             * @example false
             * @enum {boolean}
             */
            enabled: false;
        };
        DraftReasonResponse: {
            /**
             * @description Into the draft
             * @example restSearch.where[0][0]
             */
            path: string;
            /**
             * @description Words of the goal; empty where it says nothing of it
             * @example open
             */
            said: string;
            /** @example hs_is_closed EQ */
            chosen: string;
            /** @example HubSpot says which are closed */
            message: string;
        };
        DraftAlternativeResponse: {
            /** @example "name" as Deal Type */
            message: string;
            draft: components["schemas"]["DraftDefinitionResponse"];
            reasons: components["schemas"]["DraftReasonResponse"][];
        };
        BindingDraftResponse: {
            /** @description As it can be sent to make a binding */
            draft: components["schemas"]["DraftDefinitionResponse"];
            /**
             * @description Who read the goal
             * @example matcher
             * @enum {string}
             */
            by: "matcher" | "model";
            gates: components["schemas"]["GatesResponse"];
            /**
             * @description JSON Schema of what the AI agent may send
             * @example {
             *       "type": "object",
             *       "properties": {
             *         "word": {
             *           "type": "string",
             *           "description": "A word of the deal’s name",
             *           "minLength": 1,
             *           "maxLength": 80
             *         }
             *       },
             *       "required": [
             *         "word"
             *       ],
             *       "additionalProperties": false
             *     }
             */
            inputSchema: {
                [key: string]: unknown;
            };
            reasons: components["schemas"]["DraftReasonResponse"][];
            /** @description What else the goal could mean; at most three */
            alternatives: components["schemas"]["DraftAlternativeResponse"][];
            /**
             * @description Words of the goal that nothing was made of
             * @example []
             */
            ignored: string[];
        };
        GoalBody: {
            /**
             * @description What the tool is for, in plain words
             * @example Find open deals by name
             */
            goal: string;
        };
        /** @enum {string} */
        BindingCheckReason: "malformed" | "illegal_name" | "reserved_name" | "unknown_object" | "withheld_object" | "unknown_field" | "unknown_relationship" | "unknown_owner" | "unknown_type" | "sensitive_field" | "read_only_field" | "illegal_operator" | "unknown_option" | "wrong_value" | "wrong_input_type" | "required_field_unbound" | "key_not_unique" | "undeclared_input" | "unused_input" | "unused_mapping" | "duplicate_input" | "reserved_input" | "duplicate_field" | "limit_exceeded" | "paging_unavailable" | "name_taken";
        CheckProblemResponse: {
            /** @example restSearch.where[0][1].field */
            field: string;
            /** @example unknown_field */
            reason: components["schemas"]["BindingCheckReason"];
            /** @example is not a field of deals */
            message: string;
        };
        BindingCheckResponse: {
            /** @description Saving it would be accepted */
            valid: boolean;
            /**
             * @description None when it is valid
             * @example []
             */
            problems: components["schemas"]["CheckProblemResponse"][];
            /** @description Of a valid one */
            gates?: components["schemas"]["GatesResponse"];
            /**
             * @description Of a valid one: JSON Schema of what the AI agent could send
             * @example {
             *       "type": "object",
             *       "properties": {
             *         "word": {
             *           "type": "string",
             *           "description": "A word of the deal’s name",
             *           "minLength": 1,
             *           "maxLength": 80
             *         }
             *       },
             *       "required": [
             *         "word"
             *       ],
             *       "additionalProperties": false
             *     }
             */
            inputSchema?: {
                [key: string]: unknown;
            };
        };
        /**
         * @description left_out: see leftOut. unknown: see the pack’s own `unknown`
         * @enum {string}
         */
        PackSkillState: "available" | "left_out" | "unknown";
        LeftOutResponse: {
            /** @example withheld_object */
            reason: components["schemas"]["BindingReason"];
            /** @example tickets can’t be written by this connection: grant tickets and connect again */
            message: string;
            /**
             * @description To grant in HubSpot; empty where it is not that
             * @example [
             *       "tickets"
             *     ]
             */
            missingScopes: string[];
        };
        NamedResponse: {
            /** @example default */
            id: string;
            /** @example Sales Pipeline */
            label: string;
        };
        LandingPlaceResponse: {
            pipeline: components["schemas"]["NamedResponse"];
            /**
             * @example {
             *       "id": "appointmentscheduled",
             *       "label": "Appointment Scheduled"
             *     }
             */
            stage: components["schemas"]["NamedResponse"];
        };
        PackSkillResponse: {
            /** @example create_deal */
            skill: string;
            /** @example Notes a new deal. Find the caller first, so that it stands with their contact. */
            description: string;
            /** @example restWrite */
            operation: components["schemas"]["BindingOperation"];
            /** @example deals */
            object: string;
            /**
             * @example {
             *       "confirmation": true,
             *       "verifiedCaller": false
             *     }
             */
            gates: components["schemas"]["GatesResponse"];
            /** @description left_out: see leftOut. unknown: see the pack’s own `unknown` */
            state: components["schemas"]["PackSkillState"];
            /** @description Why this portal can’t have it */
            leftOut?: components["schemas"]["LeftOutResponse"];
            /** @description Where new records go */
            landing?: components["schemas"]["LandingPlaceResponse"];
            /**
             * @description JSON Schema of what the AI agent may send, as it is in this portal
             * @example {
             *       "type": "object",
             *       "properties": {
             *         "name": {
             *           "type": "string",
             *           "description": "What the deal is called",
             *           "minLength": 1,
             *           "maxLength": 200
             *         }
             *       },
             *       "required": [
             *         "name"
             *       ],
             *       "additionalProperties": false
             *     }
             */
            inputSchema?: {
                [key: string]: unknown;
            };
        };
        PackResponse: {
            skills: components["schemas"]["PackSkillResponse"][];
            /**
             * @description Why it can’t be said what the portal can have
             * @enum {string}
             */
            unknown?: "not_connected" | "not_discovered";
        };
        LandingRequest: {
            /**
             * @description As GET …/objects/{object} names it; null or left out: the default pipeline
             * @example default
             */
            pipelineId?: string | null;
            /**
             * @description Left out: the first open stage of the pipeline
             * @example qualifiedtobuy
             */
            stageId?: string;
        };
        ChangePackRequest: {
            /**
             * @description Where new tickets land
             * @example {
             *       "pipelineId": "0"
             *     }
             */
            tickets?: components["schemas"]["LandingRequest"];
            /**
             * @description Where new deals land
             * @example {
             *       "pipelineId": "default",
             *       "stageId": "qualifiedtobuy"
             *     }
             */
            deals?: components["schemas"]["LandingRequest"];
        };
        InstalledSkillResponse: {
            /** @example find_contact */
            skill: string;
            /** @description false: the AI agent has it already, or the portal can’t have it (leftOut) */
            created: boolean;
            /** @description Why this portal can’t have it */
            leftOut?: components["schemas"]["LeftOutResponse"];
        };
        /** @enum {string} */
        SkillOutcome: "found" | "confirmation_required" | "created" | "updated" | "already_there";
        SkillRecordResponse: {
            /** @example 512 */
            id: string;
            /**
             * @description What is set, by the names of the projection; long texts are cut
             * @example {
             *       "name": "Ada"
             *     }
             */
            values: {
                [key: string]: string;
            };
        };
        ConfirmationResponse: {
            /**
             * @description For exactly these arguments, once
             * @example confirm_…
             */
            token: string;
            /** Format: date-time */
            expiresAt: string;
        };
        SkillAnswerResponse: {
            /** @example found */
            outcome: components["schemas"]["SkillOutcome"];
            /**
             * @description Words that the AI agent may say; of `confirmation_required` the question to read out
             * @example I found one contact.
             */
            message: string;
            records?: components["schemas"]["SkillRecordResponse"][];
            /**
             * @description Send it as `cursor` for the next page
             * @example 10
             */
            nextCursor?: string;
            confirmation?: components["schemas"]["ConfirmationResponse"];
        };
        RunSkillRequest: {
            /**
             * @description As the skill’s `inputSchema` says
             * @example {
             *       "phone": "+49 176 1234567"
             *     }
             */
            arguments?: {
                [key: string]: unknown;
            };
            /** @description In which the AI agent runs it; updates need one */
            conversationId?: string;
            /** @description The token that came with `confirmation_required`, once the caller has agreed */
            confirmation?: string;
        };
        /** @enum {string} */
        TrialOutcome: "found" | "confirmation_required" | "created" | "updated" | "already_there" | "planned";
        /** @enum {string} */
        SkillPlanKind: "find" | "write";
        SkillPlanResponse: {
            /** @example find */
            kind: components["schemas"]["SkillPlanKind"];
            /**
             * @description How records would be looked for, step by step
             * @example {
             *       "object": "contacts",
             *       "fields": [
             *         "firstname"
             *       ],
             *       "steps": [
             *         {
             *           "by": "id",
             *           "ids": [
             *             "512"
             *           ]
             *         }
             *       ],
             *       "limit": 1,
             *       "paging": false
             *     }
             */
            find?: {
                [key: string]: unknown;
            };
            /**
             * @description What would be written
             * @example {
             *       "action": "create",
             *       "object": "contacts",
             *       "values": {
             *         "firstname": "Ada"
             *       },
             *       "ties": []
             *     }
             */
            write?: {
                [key: string]: unknown;
            };
        };
        TriedSkillResponse: {
            /** @example found */
            outcome: components["schemas"]["TrialOutcome"];
            /**
             * @description As the AI agent is told; of a write that is only planned the question to the caller
             * @example I found one contact.
             */
            message: string;
            records?: components["schemas"]["SkillRecordResponse"][];
            /**
             * @description Send it as `cursor` for the next page
             * @example 10
             */
            nextCursor?: string;
            confirmation?: components["schemas"]["ConfirmationResponse"];
            /** @description Of `planned` */
            plan?: components["schemas"]["SkillPlanResponse"];
        };
        TrySkillRequest: {
            /**
             * @description As the skill’s `inputSchema` says
             * @example {
             *       "phone": "+49 176 1234567"
             *     }
             */
            arguments?: {
                [key: string]: unknown;
            };
            /** @description In which the AI agent runs it; updates need one */
            conversationId?: string;
            /** @description The token that came with `confirmation_required`, once the caller has agreed */
            confirmation?: string;
            /**
             * @description Say what would be asked of HubSpot, and ask nothing
             * @default false
             */
            onlyPlan?: boolean;
        };
        /**
         * @description `refused`: it will be again; `failed`: trying again may help
         * @enum {string}
         */
        RunOutcome: "found" | "confirmation_required" | "created" | "updated" | "already_there" | "refused" | "failed";
        SkillRunResponse: {
            id: string;
            /** @example find_contact */
            skill: string;
            /**
             * @description Of the skill, when it ran
             * @example 1
             */
            version: number;
            conversationId?: string;
            /**
             * @description Name of the API key, or e-mail of the person who tried it
             * @example Voice platform
             */
            calledBy: string;
            /**
             * @description As they were sent, without card and identity numbers; long texts are cut
             * @example {
             *       "phone": "+49 176 1234567"
             *     }
             */
            arguments: {
                [key: string]: unknown;
            };
            /**
             * @description `refused`: it will be again; `failed`: trying again may help
             * @example found
             */
            outcome: components["schemas"]["RunOutcome"];
            /**
             * @description Of what was refused or failed
             * @example hubspot_slow
             */
            reason?: string;
            /**
             * @description Records shown or written
             * @example 1
             */
            records: number;
            /** Format: date-time */
            at: string;
            /** @example 214 */
            durationMs: number;
        };
        WebhookReceipt: {
            /** @description New events; they are durable by now */
            stored: number;
            /**
             * @description Known already
             * @example 0
             */
            repeated: number;
            /**
             * @description Of portals that are not connected here, or too old
             * @example 0
             */
            dropped: number;
        };
        HealthResponse: {
            /** @enum {string} */
            status: "ok";
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    Desk_listOpen: {
        parameters: {
            query?: {
                /** @description Entries per page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *           "externalId": "ticket-4711",
                     *           "channel": "chat",
                     *           "direction": "inbound",
                     *           "status": "open",
                     *           "customer": {
                     *             "externalId": "customer-815",
                     *             "email": "ada@example.com",
                     *             "phone": "+49 176 1234567",
                     *             "firstName": "Ada",
                     *             "lastName": "Lovelace"
                     *           },
                     *           "agent": {
                     *             "name": "Grace",
                     *             "email": "grace@example.com"
                     *           },
                     *           "subject": "Order 4711",
                     *           "startedAt": "2026-11-21T10:00:00.000Z",
                     *           "messageCount": 3,
                     *           "unanswered": 1,
                     *           "activeAt": "2026-11-21T10:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["OpenConversationResponse"][];
                        /** @description Absent on the last page */
                        nextCursor?: string;
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Desk_listMessages: {
        parameters: {
            query?: {
                /** @description Messages per page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *           "author": "customer",
                     *           "text": "Where is my order?",
                     *           "sentAt": "2026-11-21T10:00:00.000Z",
                     *           "attachments": [
                     *             {
                     *               "name": "invoice.pdf",
                     *               "url": "https://files.example/invoice.pdf"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["MessageResponse"][];
                        /** @description Absent on the last page */
                        nextCursor?: string;
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2002 Conversation not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Conversations_add: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made up by the caller, 1 to 200 characters: for a day, repetitions are answered as the first time */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "messages": [
                 *         {
                 *           "id": "message-1",
                 *           "author": "customer",
                 *           "text": "Where is my order?",
                 *           "sentAt": "2026-11-21T09:58:00Z"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["AddMessagesRequest"];
            };
        };
        responses: {
            /** @description The messages of this call as the conversation holds them, in its order */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *           "author": "customer",
                     *           "text": "Where is my order?",
                     *           "sentAt": "2026-11-21T10:00:00.000Z",
                     *           "attachments": [
                     *             {
                     *               "name": "invoice.pdf",
                     *               "url": "https://files.example/invoice.pdf"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["MessageResponse"][];
                        /** @description Absent on the last page */
                        nextCursor?: string;
                    };
                };
            };
            /** @description 1001 Required field missing; 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2002 Conversation not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1012 Resource state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Desk_answer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made up by the caller, 1 to 200 characters: for a day, repetitions are answered as the first time */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "reply-1",
                 *       "text": "On its way."
                 *     }
                 */
                "application/json": components["schemas"]["ReplyRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "author": "customer",
                     *         "text": "Where is my order?",
                     *         "sentAt": "2026-11-21T10:00:00.000Z",
                     *         "attachments": [
                     *           {
                     *             "name": "invoice.pdf",
                     *             "url": "https://files.example/invoice.pdf"
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["MessageResponse"];
                    };
                };
            };
            /** @description 1001 Required field missing; 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2002 Conversation not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1012 Resource state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Desk_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "state": "matched",
                     *         "matchedBy": "email",
                     *         "tied": 1,
                     *         "contact": {
                     *           "id": "151",
                     *           "firstName": "Ada",
                     *           "lastName": "Lovelace",
                     *           "email": "ada@example.com",
                     *           "phones": [
                     *             "+49 30 1234567"
                     *           ],
                     *           "lifecycleStage": "Customer",
                     *           "owner": "Grace Hopper",
                     *           "properties": {
                     *             "company": {
                     *               "label": "Company Name",
                     *               "type": "text",
                     *               "value": "Analytical Engines Ltd",
                     *               "display": "Analytical Engines Ltd"
                     *             }
                     *           },
                     *           "url": "https://app.hubspot.com/contacts/62515/record/0-1/151"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ContactPanelResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2002 Conversation not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Conversations_list: {
        parameters: {
            query?: {
                /** @description Entries per page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                status?: components["schemas"]["ConversationStatus"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *           "externalId": "ticket-4711",
                     *           "channel": "chat",
                     *           "direction": "inbound",
                     *           "status": "open",
                     *           "customer": {
                     *             "externalId": "customer-815",
                     *             "email": "ada@example.com",
                     *             "phone": "+49 176 1234567",
                     *             "firstName": "Ada",
                     *             "lastName": "Lovelace"
                     *           },
                     *           "agent": {
                     *             "name": "Grace",
                     *             "email": "grace@example.com"
                     *           },
                     *           "subject": "Order 4711",
                     *           "startedAt": "2026-11-21T10:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ConversationResponse"][];
                        /** @description Absent on the last page */
                        nextCursor?: string;
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Conversations_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made up by the caller, 1 to 200 characters: for a day, repetitions are answered as the first time */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "externalId": "ticket-4711",
                 *       "channel": "chat",
                 *       "customer": {
                 *         "externalId": "customer-815",
                 *         "email": "ada@example.com",
                 *         "phone": "+49 176 1234567",
                 *         "firstName": "Ada",
                 *         "lastName": "Lovelace"
                 *       },
                 *       "agent": {
                 *         "name": "Grace",
                 *         "email": "grace@example.com"
                 *       },
                 *       "subject": "Order 4711",
                 *       "closedAt": "2026-11-21T10:00:00Z",
                 *       "messages": [
                 *         {
                 *           "id": "message-1",
                 *           "author": "customer",
                 *           "text": "Where is my order?",
                 *           "sentAt": "2026-11-21T09:58:00Z"
                 *         },
                 *         {
                 *           "id": "message-2",
                 *           "author": "agent",
                 *           "name": "Grace",
                 *           "text": "On its way.",
                 *           "sentAt": "2026-11-21T09:59:00Z"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["NewConversationRequest"];
            };
        };
        responses: {
            /** @description Known already by this externalId */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "externalId": "ticket-4711",
                     *         "channel": "chat",
                     *         "direction": "inbound",
                     *         "status": "open",
                     *         "customer": {
                     *           "externalId": "customer-815",
                     *           "email": "ada@example.com",
                     *           "phone": "+49 176 1234567",
                     *           "firstName": "Ada",
                     *           "lastName": "Lovelace"
                     *         },
                     *         "agent": {
                     *           "name": "Grace",
                     *           "email": "grace@example.com"
                     *         },
                     *         "subject": "Order 4711",
                     *         "startedAt": "2026-11-21T10:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ConversationResponse"];
                    };
                };
            };
            /** @description Opened */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "externalId": "ticket-4711",
                     *         "channel": "chat",
                     *         "direction": "inbound",
                     *         "status": "open",
                     *         "customer": {
                     *           "externalId": "customer-815",
                     *           "email": "ada@example.com",
                     *           "phone": "+49 176 1234567",
                     *           "firstName": "Ada",
                     *           "lastName": "Lovelace"
                     *         },
                     *         "agent": {
                     *           "name": "Grace",
                     *           "email": "grace@example.com"
                     *         },
                     *         "subject": "Order 4711",
                     *         "startedAt": "2026-11-21T10:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ConversationResponse"];
                    };
                };
            };
            /** @description Recorded and closed; its delivery is on the way */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "externalId": "ticket-4711",
                     *         "channel": "chat",
                     *         "direction": "inbound",
                     *         "status": "closed",
                     *         "customer": {
                     *           "externalId": "customer-815",
                     *           "email": "ada@example.com",
                     *           "phone": "+49 176 1234567",
                     *           "firstName": "Ada",
                     *           "lastName": "Lovelace"
                     *         },
                     *         "agent": {
                     *           "name": "Grace",
                     *           "email": "grace@example.com"
                     *         },
                     *         "subject": "Order 4711",
                     *         "startedAt": "2026-11-21T10:00:00.000Z",
                     *         "closedAt": "2026-11-21T10:00:00.000Z",
                     *         "delivery": {
                     *           "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *           "conversationId": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *           "status": "pending",
                     *           "entries": [],
                     *           "scrubbed": {
                     *             "cards": 0,
                     *             "nationalIds": 0
                     *           },
                     *           "attempts": [],
                     *           "closedAt": "2026-11-21T10:00:00.000Z"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ConversationResponse"];
                    };
                };
            };
            /** @description 1001 Required field missing; 1002 Invalid field value; 1003 Invalid phone number; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1012 Resource state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Conversations_createBatch: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made up by the caller, 1 to 200 characters: for a day, repetitions are answered as the first time */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "conversations": [
                 *         {
                 *           "externalId": "ticket-4711",
                 *           "channel": "chat",
                 *           "customer": {
                 *             "externalId": "customer-815",
                 *             "email": "ada@example.com",
                 *             "phone": "+49 176 1234567",
                 *             "firstName": "Ada",
                 *             "lastName": "Lovelace"
                 *           },
                 *           "agent": {
                 *             "name": "Grace",
                 *             "email": "grace@example.com"
                 *           },
                 *           "subject": "Order 4711",
                 *           "closedAt": "2026-11-21T10:00:00Z",
                 *           "messages": [
                 *             {
                 *               "id": "message-1",
                 *               "author": "customer",
                 *               "text": "Where is my order?",
                 *               "sentAt": "2026-11-21T09:58:00Z"
                 *             },
                 *             {
                 *               "id": "message-2",
                 *               "author": "agent",
                 *               "name": "Grace",
                 *               "text": "On its way.",
                 *               "sentAt": "2026-11-21T09:59:00Z"
                 *             }
                 *           ]
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ConversationBatchRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "status": 202,
                     *           "data": {
                     *             "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *             "externalId": "ticket-4711",
                     *             "channel": "chat",
                     *             "direction": "inbound",
                     *             "customer": {
                     *               "email": "ada@example.com"
                     *             },
                     *             "startedAt": "2026-11-21T09:58:00.000Z",
                     *             "status": "closed",
                     *             "closedAt": "2026-11-21T10:00:00.000Z",
                     *             "delivery": {
                     *               "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *               "conversationId": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *               "status": "pending",
                     *               "entries": [],
                     *               "scrubbed": {
                     *                 "cards": 0,
                     *                 "nationalIds": 0
                     *               },
                     *               "attempts": [],
                     *               "closedAt": "2026-11-21T10:00:00.000Z"
                     *             }
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["BatchItemResponse"][];
                        /** @description Absent on the last page */
                        nextCursor?: string;
                    };
                };
            };
            /** @description 1001 Required field missing; 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1012 Resource state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Conversations_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "externalId": "ticket-4711",
                     *         "channel": "chat",
                     *         "direction": "inbound",
                     *         "status": "open",
                     *         "customer": {
                     *           "externalId": "customer-815",
                     *           "email": "ada@example.com",
                     *           "phone": "+49 176 1234567",
                     *           "firstName": "Ada",
                     *           "lastName": "Lovelace"
                     *         },
                     *         "agent": {
                     *           "name": "Grace",
                     *           "email": "grace@example.com"
                     *         },
                     *         "subject": "Order 4711",
                     *         "startedAt": "2026-11-21T10:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ConversationResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2002 Conversation not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Conversations_close: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "closedAt": "2026-11-21T10:00:00Z",
                 *       "summary": "Asked for an order that is on its way."
                 *     }
                 */
                "application/json": components["schemas"]["CloseConversationRequest"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "conversationId": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "customer": "Ada Lovelace",
                     *         "status": "pending",
                     *         "entries": [],
                     *         "scrubbed": {
                     *           "cards": 0,
                     *           "nationalIds": 0
                     *         },
                     *         "attempts": [],
                     *         "closedAt": "2026-11-21T10:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["DeliveryResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2002 Conversation not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1012 Resource state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Verification_verify: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made up by the caller, 1 to 200 characters: for a day, repetitions are answered as the first time */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "contactId": "512",
                 *       "method": "one_time_code",
                 *       "verifiedBy": "Phone system"
                 *     }
                 */
                "application/json": components["schemas"]["VerifyCallerRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "conversationId": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "contactId": "512",
                     *         "method": "one_time_code",
                     *         "verifiedBy": "Phone system",
                     *         "verifiedAt": "2026-11-21T10:00:00.000Z",
                     *         "expiresAt": "2026-11-21T10:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["VerifiedCallerResponse"];
                    };
                };
            };
            /** @description 1001 Required field missing; 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden; 2010 HubSpot not connected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2002 Conversation not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1012 Resource state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Connection_list: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "provider": "hubspot",
                     *           "status": "disconnected",
                     *           "accountLabel": "acme.com"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ProviderResponse"][];
                        /** @description Absent on the last page */
                        nextCursor?: string;
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Connection_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "status": "active",
                     *         "kind": "oauth",
                     *         "portalId": "62515",
                     *         "portalDomain": "acme.com",
                     *         "uiDomain": "app.hubspot.com",
                     *         "user": "ada@acme.com",
                     *         "scopes": [
                     *           "oauth",
                     *           "crm.objects.contacts.read",
                     *           "crm.objects.contacts.write"
                     *         ],
                     *         "connectedAt": "2026-11-21T10:00:00.000Z",
                     *         "enabledAt": "2026-11-21T10:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ConnectionResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Connection_end: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "status": "inactive",
                     *         "kind": "oauth",
                     *         "portalId": "62515",
                     *         "portalDomain": "acme.com",
                     *         "uiDomain": "app.hubspot.com",
                     *         "user": "ada@acme.com",
                     *         "scopes": [
                     *           "oauth",
                     *           "crm.objects.contacts.read",
                     *           "crm.objects.contacts.write"
                     *         ],
                     *         "connectedAt": "2026-11-21T10:00:00.000Z",
                     *         "enabledAt": "2026-11-21T10:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ConnectionResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Connection_listScopes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "scope": "crm.objects.contacts.read",
                     *           "reason": "To find the contact of a conversation",
                     *           "required": true,
                     *           "features": [],
                     *           "granted": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ScopeResponse"][];
                        /** @description Absent on the last page */
                        nextCursor?: string;
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Connection_connect: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "features": [
                 *         "skills"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ConnectRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "oauthUrl": "https://threadline.example/integrations/hubspot/oauth/start?ticket=Q2VydGFpbmx5"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ConnectResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1012 Resource state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error; 3003 Not configured */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3004 HubSpot failed */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Connection_enable: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "mode": "transcript",
                 *       "onNoMatch": "create"
                 *     }
                 */
                "application/json": components["schemas"]["EnableRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "status": "active",
                     *         "kind": "oauth",
                     *         "portalId": "62515",
                     *         "portalDomain": "acme.com",
                     *         "uiDomain": "app.hubspot.com",
                     *         "user": "ada@acme.com",
                     *         "scopes": [
                     *           "oauth",
                     *           "crm.objects.contacts.read",
                     *           "crm.objects.contacts.write"
                     *         ],
                     *         "connectedAt": "2026-11-21T10:00:00.000Z",
                     *         "enabledAt": "2026-11-21T10:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ConnectionResponse"];
                    };
                };
            };
            /** @description 1001 Required field missing; 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden; 2010 HubSpot not connected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1012 Resource state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Connection_disable: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "status": "disconnected"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ConnectionResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    OAuth_start: {
        parameters: {
            query: {
                ticket: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description HubSpot's consent page, or sign-in first */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description 1002 Invalid field value; 2014 OAuth state invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    OAuth_callback: {
        parameters: {
            query?: {
                error?: string;
                state?: string;
                code?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Settings → Integrations */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description 1002 Invalid field value; 2014 OAuth state invalid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1012 Resource state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3004 HubSpot failed */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Writeback_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "mode": "transcript",
                     *         "onNoMatch": "create",
                     *         "defaultCountry": "DE",
                     *         "ignoredNumbers": [
                     *           "+493012345678"
                     *         ],
                     *         "effective": true
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["WritebackResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Writeback_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what you saw: refused when it changed since */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "mode": "transcript",
                 *       "onNoMatch": "create",
                 *       "defaultCountry": "DE"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeWritebackRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "mode": "transcript",
                     *         "onNoMatch": "create",
                     *         "defaultCountry": "DE",
                     *         "ignoredNumbers": [
                     *           "+493012345678"
                     *         ],
                     *         "effective": true
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["WritebackResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value; 1003 Invalid phone number; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1016 Stale If-Match */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Writeback_stats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "written": 4812,
                     *         "pending": 3,
                     *         "oldestPendingAt": "2026-11-21T10:00:00.000Z",
                     *         "skipped": {
                     *           "no_match": 12
                     *         },
                     *         "failed": {
                     *           "missing_required_property": 1
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["StatsResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Writeback_history: {
        parameters: {
            query?: {
                /** @description Up to and with today */
                days?: number;
                /** @description Whose days (IANA name). Default: UTC */
                timeZone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "day": "2026-11-21",
                     *           "written": 312,
                     *           "skipped": 4,
                     *           "failed": 0
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["DayResponse"][];
                        /** @description Absent on the last page */
                        nextCursor?: string;
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Options_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "outboundSearch": true,
                     *         "outboundOnlyMatches": false,
                     *         "panelProperties": [
                     *           "company"
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["OptionsResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Options_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what you saw: refused when it changed since */
                "If-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "outboundSearch": true,
                 *       "outboundOnlyMatches": false,
                 *       "panelProperties": [
                 *         "company",
                 *         "jobtitle"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ChangeOptionsRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "outboundSearch": true,
                     *         "outboundOnlyMatches": false,
                     *         "panelProperties": [
                     *           "company"
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["OptionsResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1016 Stale If-Match */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Contacts_search: {
        parameters: {
            query: {
                /** @description A name, an email or a phone number, or the beginning of one */
                query: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "151",
                     *           "firstName": "Ada",
                     *           "lastName": "Lovelace",
                     *           "email": "ada@example.com",
                     *           "phones": [
                     *             "+49 30 1234567"
                     *           ],
                     *           "lifecycleStage": "Customer",
                     *           "owner": "Grace Hopper",
                     *           "properties": {
                     *             "company": {
                     *               "label": "Company Name",
                     *               "type": "text",
                     *               "value": "Analytical Engines Ltd",
                     *               "display": "Analytical Engines Ltd"
                     *             }
                     *           },
                     *           "url": "https://app.hubspot.com/contacts/62515/record/0-1/151"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ContactResponse"][];
                        /** @description Absent on the last page */
                        nextCursor?: string;
                    };
                };
            };
            /** @description 1001 Required field missing; 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden; 2010 HubSpot not connected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1012 Resource state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3004 HubSpot failed */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Contacts_listProperties: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "name": "company",
                     *           "label": "Company Name",
                     *           "group": "Contact information",
                     *           "type": "text"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ContactPropertyResponse"][];
                        /** @description Absent on the last page */
                        nextCursor?: string;
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden; 2010 HubSpot not connected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3004 HubSpot failed */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Schema_discover: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "objectCount": 5,
                     *         "fieldCount": 412,
                     *         "edgeCount": 36,
                     *         "discoveredAt": "2026-11-21T10:00:00.000Z",
                     *         "version": 2,
                     *         "withheld": [
                     *           {
                     *             "name": "tickets",
                     *             "label": "Tickets",
                     *             "missingScopes": [
                     *               "tickets"
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["DiscoveryResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden; 2010 HubSpot not connected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3004 HubSpot failed */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Schema_list: {
        parameters: {
            query?: {
                /** @description Entries per page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "name": "deals",
                     *           "typeId": "0-3",
                     *           "label": "Deal",
                     *           "pluralLabel": "Deals",
                     *           "isCustom": false,
                     *           "capabilities": {
                     *             "read": true,
                     *             "write": true
                     *           },
                     *           "missingScopes": [],
                     *           "fieldCount": 78,
                     *           "relationshipCount": 9,
                     *           "pipelineCount": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["CrmObjectSummaryResponse"][];
                        /** @description Absent on the last page */
                        nextCursor?: string;
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden; 2010 HubSpot not connected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2011 Resource not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Schema_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its name or type id */
                object: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "name": "deals",
                     *         "typeId": "0-3",
                     *         "label": "Deal",
                     *         "pluralLabel": "Deals",
                     *         "isCustom": false,
                     *         "capabilities": {
                     *           "read": true,
                     *           "write": true
                     *         },
                     *         "missingScopes": [],
                     *         "fieldCount": 78,
                     *         "relationshipCount": 9,
                     *         "pipelineCount": 1,
                     *         "primaryField": "dealname",
                     *         "searchableFields": [
                     *           "dealname"
                     *         ],
                     *         "requiredFields": [
                     *           "dealname",
                     *           "dealstage",
                     *           "pipeline"
                     *         ],
                     *         "requiresOneOf": [],
                     *         "fields": [
                     *           {
                     *             "name": "dealstage",
                     *             "label": "Deal Stage",
                     *             "group": "dealinformation",
                     *             "type": "enumeration",
                     *             "fieldType": "radio",
                     *             "options": [
                     *               {
                     *                 "value": "closedwon",
                     *                 "label": "Closed Won",
                     *                 "isHidden": false
                     *               }
                     *             ],
                     *             "optionsFromElsewhere": false,
                     *             "isUnique": false,
                     *             "isRequired": true,
                     *             "isReadOnly": false,
                     *             "isHidden": false,
                     *             "sensitivity": "none",
                     *             "operators": [
                     *               "EQ",
                     *               "NEQ",
                     *               "IN",
                     *               "NOT_IN",
                     *               "HAS_PROPERTY",
                     *               "NOT_HAS_PROPERTY"
                     *             ]
                     *           }
                     *         ],
                     *         "pipelines": [
                     *           {
                     *             "id": "default",
                     *             "label": "Sales Pipeline",
                     *             "isDefault": true,
                     *             "stages": [
                     *               {
                     *                 "id": "closedwon",
                     *                 "label": "Closed Won",
                     *                 "isClosed": true
                     *               }
                     *             ]
                     *           }
                     *         ],
                     *         "relationships": [
                     *           {
                     *             "to": "contacts",
                     *             "typeId": 3,
                     *             "category": "HUBSPOT_DEFINED"
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["CrmObjectResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden; 2010 HubSpot not connected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2011 Resource not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Schema_search: {
        parameters: {
            query: {
                /** @description Words, the beginning of one, or typos */
                q: string;
                /** @description Name of the only object whose fields are looked at */
                object?: string;
                /** @description Hits at most */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "kind": "field",
                     *           "object": "deals",
                     *           "objectLabel": "Deals",
                     *           "field": "dealstage",
                     *           "label": "Deal Stage",
                     *           "type": "enumeration",
                     *           "options": [
                     *             {
                     *               "value": "closedwon",
                     *               "label": "Closed Won",
                     *               "isHidden": false
                     *             }
                     *           ],
                     *           "score": 61.4
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["SchemaHitResponse"][];
                        /** @description Absent on the last page */
                        nextCursor?: string;
                    };
                };
            };
            /** @description 1001 Required field missing; 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden; 2010 HubSpot not connected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2011 Resource not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Events_listen: {
        parameters: {
            query?: never;
            header?: {
                /** @description Sent by browsers that come back */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A stream that ends with the session */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example retry: 2000
                     *     id: 1
                     *     event: ready
                     *     data: {}
                     *
                     *     id: 2
                     *     event: message.added
                     *     data: {"items":[{"conversationId":"0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77"}]}
                     *
                     *     id: 3
                     *     event: delivery.changed
                     *     data: {"items":[{"deliveryId":"0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77","conversationId":"0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77","status":"written"}]}
                     */
                    "text/event-stream": string;
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Deliveries_list: {
        parameters: {
            query?: {
                /** @description Entries per page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                status?: components["schemas"]["DeliveryStatus"];
                /** @description Why it was skipped or failed */
                reason?: string;
                /** @description Closed at or after */
                from?: string;
                /** @description Closed before */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *           "conversationId": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *           "customer": "Ada Lovelace",
                     *           "status": "written",
                     *           "matchedBy": "email",
                     *           "contactId": "151",
                     *           "entries": [
                     *             {
                     *               "type": "note",
                     *               "id": "481516234299",
                     *               "part": 1,
                     *               "parts": 1,
                     *               "url": "https://app.hubspot.com/contacts/62515/record/0-1/151/?engagement=481516234299"
                     *             }
                     *           ],
                     *           "scrubbed": {
                     *             "cards": 1,
                     *             "nationalIds": 0
                     *           },
                     *           "attempts": [
                     *             {
                     *               "at": "2026-11-21T10:00:00.000Z",
                     *               "outcome": "written",
                     *               "detail": "Written as 1 entry on contact 151"
                     *             }
                     *           ],
                     *           "closedAt": "2026-11-21T10:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["DeliveryResponse"][];
                        /** @description Absent on the last page */
                        nextCursor?: string;
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Deliveries_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "conversationId": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "customer": "Ada Lovelace",
                     *         "status": "written",
                     *         "matchedBy": "email",
                     *         "contactId": "151",
                     *         "entries": [
                     *           {
                     *             "type": "note",
                     *             "id": "481516234299",
                     *             "part": 1,
                     *             "parts": 1,
                     *             "url": "https://app.hubspot.com/contacts/62515/record/0-1/151/?engagement=481516234299"
                     *           }
                     *         ],
                     *         "scrubbed": {
                     *           "cards": 1,
                     *           "nationalIds": 0
                     *         },
                     *         "attempts": [
                     *           {
                     *             "at": "2026-11-21T10:00:00.000Z",
                     *             "outcome": "written",
                     *             "detail": "Written as 1 entry on contact 151"
                     *           }
                     *         ],
                     *         "closedAt": "2026-11-21T10:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["DeliveryResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2011 Resource not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Deliveries_replayAll: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made up by the caller, 1 to 200 characters: for a day, repetitions are answered as the first time */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "status": "failed"
                 *     }
                 */
                "application/json": components["schemas"]["ReplayDeliveriesRequest"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "replayed": 1,
                     *         "more": true
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ReplayedResponse"];
                    };
                };
            };
            /** @description 1001 Required field missing; 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden; 2010 HubSpot not connected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1012 Resource state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Deliveries_replay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "conversationId": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "customer": "Ada Lovelace",
                     *         "status": "pending",
                     *         "matchedBy": "email",
                     *         "contactId": "151",
                     *         "entries": [],
                     *         "scrubbed": {
                     *           "cards": 1,
                     *           "nationalIds": 0
                     *         },
                     *         "attempts": [
                     *           {
                     *             "at": "2026-11-21T10:00:00.000Z",
                     *             "outcome": "written",
                     *             "detail": "Written as 1 entry on contact 151"
                     *           }
                     *         ],
                     *         "closedAt": "2026-11-21T10:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["DeliveryResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden; 2010 HubSpot not connected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2011 Resource not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1012 Resource state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Auth_login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "admin@demo.example",
                 *       "password": "correct horse battery"
                 *     }
                 */
                "application/json": components["schemas"]["SignInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "userId": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "email": "ada@example.com",
                     *         "role": "admin",
                     *         "tenant": {
                     *           "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *           "name": "Acme"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["SignedInResponse"];
                    };
                };
            };
            /** @description 1001 Required field missing; 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Auth_logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "signedOut": true
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["SignedOutResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Auth_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "userId": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "email": "ada@example.com",
                     *         "role": "admin",
                     *         "tenant": {
                     *           "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *           "name": "Acme"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["SignedInResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    ApiKeys_list: {
        parameters: {
            query?: {
                /** @description Entries per page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *           "name": "Help desk",
                     *           "scopes": [
                     *             "conversations:read"
                     *           ],
                     *           "createdAt": "2026-11-21T10:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ApiKeyResponse"][];
                        /** @description Absent on the last page */
                        nextCursor?: string;
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    ApiKeys_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made up by the caller, 1 to 200 characters: for a day, repetitions are answered as the first time */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Help desk",
                 *       "scopes": [
                 *         "conversations:read",
                 *         "conversations:write"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["CreateApiKeyRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "name": "Help desk",
                     *         "scopes": [
                     *           "conversations:read"
                     *         ],
                     *         "createdAt": "2026-11-21T10:00:00.000Z",
                     *         "key": "tl_live_9mYx…"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["CreatedApiKeyResponse"];
                    };
                };
            };
            /** @description 1001 Required field missing; 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1012 Resource state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    ApiKeys_revoke: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "name": "Help desk",
                     *         "scopes": [
                     *           "conversations:read"
                     *         ],
                     *         "createdAt": "2026-11-21T10:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ApiKeyResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2011 Resource not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Users_list: {
        parameters: {
            query?: {
                /** @description Entries per page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *           "email": "ada@example.com",
                     *           "role": "agent",
                     *           "active": true,
                     *           "createdAt": "2026-11-21T10:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["UserResponse"][];
                        /** @description Absent on the last page */
                        nextCursor?: string;
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Users_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made up by the caller, 1 to 200 characters: for a day, repetitions are answered as the first time */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "grace@example.com",
                 *       "password": "correct horse battery",
                 *       "role": "agent"
                 *     }
                 */
                "application/json": components["schemas"]["CreateUserRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "email": "ada@example.com",
                     *         "role": "agent",
                     *         "active": true,
                     *         "createdAt": "2026-11-21T10:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["UserResponse"];
                    };
                };
            };
            /** @description 1001 Required field missing; 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1012 Resource state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Users_change: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "role": "admin"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeUserRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "email": "ada@example.com",
                     *         "role": "admin",
                     *         "active": true,
                     *         "createdAt": "2026-11-21T10:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["UserResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2011 Resource not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1012 Resource state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Audit_list: {
        parameters: {
            query?: {
                /** @description Entries per page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                action?: components["schemas"]["AuditAction"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *           "at": "2026-11-21T10:00:00.000Z",
                     *           "actor": {
                     *             "kind": "user",
                     *             "name": "ada@example.com"
                     *           },
                     *           "action": "writeback.changed",
                     *           "details": {
                     *             "mode": "transcript"
                     *           },
                     *           "address": "203.0.113.9"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["AuditEntryResponse"][];
                        /** @description Absent on the last page */
                        nextCursor?: string;
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Agents_list: {
        parameters: {
            query?: {
                /** @description Entries per page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *           "name": "Reception",
                     *           "description": "Answers the phone at night",
                     *           "kind": "voice",
                     *           "createdAt": "2026-11-21T10:00:00.000Z",
                     *           "updatedAt": "2026-11-21T10:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["AiAgentResponse"][];
                        /** @description Absent on the last page */
                        nextCursor?: string;
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Agents_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made up by the caller, 1 to 200 characters: for a day, repetitions are answered as the first time */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Reception",
                 *       "description": "Answers the phone at night",
                 *       "kind": "voice"
                 *     }
                 */
                "application/json": components["schemas"]["CreateAiAgentRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "name": "Reception",
                     *         "description": "Answers the phone at night",
                     *         "kind": "voice",
                     *         "createdAt": "2026-11-21T10:00:00.000Z",
                     *         "updatedAt": "2026-11-21T10:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["AiAgentResponse"];
                    };
                };
            };
            /** @description 1001 Required field missing; 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1012 Resource state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Agents_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "name": "Reception",
                     *         "description": "Answers the phone at night",
                     *         "kind": "voice",
                     *         "createdAt": "2026-11-21T10:00:00.000Z",
                     *         "updatedAt": "2026-11-21T10:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["AiAgentResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2011 Resource not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Agents_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "name": "Reception",
                     *         "description": "Answers the phone at night",
                     *         "kind": "voice",
                     *         "createdAt": "2026-11-21T10:00:00.000Z",
                     *         "updatedAt": "2026-11-21T10:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["AiAgentResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2011 Resource not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Agents_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what you saw: refused when it changed since */
                "If-Match"?: string;
            };
            path: {
                agentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Night reception"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeAiAgentRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "name": "Night reception",
                     *         "description": "Answers the phone at night",
                     *         "kind": "voice",
                     *         "createdAt": "2026-11-21T10:00:00.000Z",
                     *         "updatedAt": "2026-11-21T10:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["AiAgentResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2011 Resource not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1012 Resource state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1016 Stale If-Match */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Bindings_list: {
        parameters: {
            query?: {
                /** @description Entries per page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
            };
            header?: never;
            path: {
                agentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "toolName": "find_open_deals",
                     *           "description": "Finds open deals by a word of their name",
                     *           "operation": "restSearch",
                     *           "restSearch": {
                     *             "object": "deals",
                     *             "where": [
                     *               [
                     *                 {
                     *                   "field": "dealname",
                     *                   "operator": "CONTAINS_TOKEN",
                     *                   "value": {
                     *                     "input": "word"
                     *                   }
                     *                 },
                     *                 {
                     *                   "field": "hs_is_closed",
                     *                   "operator": "EQ",
                     *                   "value": {
                     *                     "constant": false
                     *                   }
                     *                 }
                     *               ]
                     *             ],
                     *             "select": [
                     *               "dealname",
                     *               "amount"
                     *             ],
                     *             "sort": {
                     *               "field": "createdate",
                     *               "direction": "descending"
                     *             },
                     *             "take": {
                     *               "many": 10
                     *             }
                     *           },
                     *           "inputs": [
                     *             {
                     *               "name": "word",
                     *               "description": "A word of the deal’s name",
                     *               "required": true,
                     *               "maxLength": 80
                     *             }
                     *           ],
                     *           "inputObjectMap": [
                     *             {
                     *               "input": "word",
                     *               "object": "deals",
                     *               "field": "dealname"
                     *             }
                     *           ],
                     *           "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *           "agentId": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *           "origin": "binding",
                     *           "version": 1,
                     *           "enabled": true,
                     *           "state": "ready",
                     *           "problems": [],
                     *           "gates": {
                     *             "confirmation": false,
                     *             "verifiedCaller": false
                     *           },
                     *           "inputSchema": {
                     *             "type": "object",
                     *             "properties": {
                     *               "word": {
                     *                 "type": "string",
                     *                 "description": "A word of the deal’s name",
                     *                 "minLength": 1,
                     *                 "maxLength": 80
                     *               }
                     *             },
                     *             "required": [
                     *               "word"
                     *             ],
                     *             "additionalProperties": false
                     *           },
                     *           "createdAt": "2026-11-21T10:00:00.000Z",
                     *           "updatedAt": "2026-11-21T10:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["BindingResponse"][];
                        /** @description Absent on the last page */
                        nextCursor?: string;
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2011 Resource not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Bindings_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made up by the caller, 1 to 200 characters: for a day, repetitions are answered as the first time */
                "Idempotency-Key"?: string;
            };
            path: {
                agentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "toolName": "find_open_deals",
                 *       "description": "Finds open deals by a word of their name",
                 *       "operation": "restSearch",
                 *       "restSearch": {
                 *         "object": "deals",
                 *         "where": [
                 *           [
                 *             {
                 *               "field": "dealname",
                 *               "operator": "CONTAINS_TOKEN",
                 *               "value": {
                 *                 "input": "word"
                 *               }
                 *             },
                 *             {
                 *               "field": "hs_is_closed",
                 *               "operator": "EQ",
                 *               "value": {
                 *                 "constant": false
                 *               }
                 *             }
                 *           ]
                 *         ],
                 *         "select": [
                 *           "dealname",
                 *           "amount"
                 *         ],
                 *         "sort": {
                 *           "field": "createdate",
                 *           "direction": "descending"
                 *         },
                 *         "take": {
                 *           "many": 10
                 *         }
                 *       },
                 *       "inputs": [
                 *         {
                 *           "name": "word",
                 *           "description": "A word of the deal’s name",
                 *           "required": true,
                 *           "maxLength": 80
                 *         }
                 *       ],
                 *       "inputObjectMap": [
                 *         {
                 *           "input": "word",
                 *           "object": "deals",
                 *           "field": "dealname"
                 *         }
                 *       ],
                 *       "enabled": true
                 *     }
                 */
                "application/json": {
                    toolName: string;
                    /** @description For the AI agent: when to use it */
                    description: string;
                    /** @default [] */
                    inputs?: {
                        name: string;
                        /**
                         * @description Left out: that of the field it stands for
                         * @enum {string}
                         */
                        type?: "text" | "email" | "phone" | "number" | "boolean" | "date" | "datetime" | "option" | "options" | "id" | "owner";
                        /** @description For the AI agent */
                        description: string;
                        /** @default true */
                        required?: boolean;
                        /** @description Of a text; default 200 */
                        maxLength?: number;
                        /** @description Fewer than the field has */
                        options?: string[];
                    }[];
                    /** @default [] */
                    inputObjectMap?: {
                        input: string;
                        object: string;
                        field: string;
                    }[];
                    projection?: {
                        field: string;
                        as?: string;
                    }[];
                    /** @enum {string} */
                    operation: "restSearch";
                    restSearch: {
                        object: string;
                        /** @description Groups joined by OR; the filters of a group by AND. Empty: every record */
                        where: ({
                            /** @description A field of the object, or associations.contacts (companies, deals, tickets): the id of such a record that it is tied to, by EQ or IN */
                            field: string;
                            /** @enum {string} */
                            operator: "EQ" | "NEQ" | "LT" | "LTE" | "GT" | "GTE" | "CONTAINS_TOKEN" | "NOT_CONTAINS_TOKEN";
                            value: {
                                constant: string | number | boolean | string[];
                            } | {
                                input: string;
                            };
                            /** @description Only this filter goes when its input is left out, not its group */
                            optional?: boolean;
                        } | {
                            /** @description A field of the object, or associations.contacts (companies, deals, tickets): the id of such a record that it is tied to, by EQ or IN */
                            field: string;
                            /** @enum {string} */
                            operator: "BETWEEN";
                            value: {
                                constant: string | number | boolean | string[];
                            } | {
                                input: string;
                            };
                            highValue: {
                                constant: string | number | boolean | string[];
                            } | {
                                input: string;
                            };
                            /** @description Only this filter goes when its input is left out, not its group */
                            optional?: boolean;
                        } | {
                            /** @description A field of the object, or associations.contacts (companies, deals, tickets): the id of such a record that it is tied to, by EQ or IN */
                            field: string;
                            /** @enum {string} */
                            operator: "IN" | "NOT_IN";
                            values: ({
                                constant: string | number | boolean | string[];
                            } | {
                                input: string;
                            })[];
                            /** @description Only this filter goes when its input is left out, not its group */
                            optional?: boolean;
                        } | {
                            /** @description A field of the object, or associations.contacts (companies, deals, tickets): the id of such a record that it is tied to, by EQ or IN */
                            field: string;
                            /** @enum {string} */
                            operator: "HAS_PROPERTY" | "NOT_HAS_PROPERTY";
                        })[][];
                        select: string[];
                        sort?: {
                            field: string;
                            /** @enum {string} */
                            direction: "ascending" | "descending";
                        };
                        take: ("one" | "latest") | {
                            many: number;
                            paging?: boolean;
                        };
                    };
                    /**
                     * @description Writes are saved disabled whatever is asked for
                     * @default false
                     */
                    enabled?: boolean;
                } | {
                    toolName: string;
                    /** @description For the AI agent: when to use it */
                    description: string;
                    /** @default [] */
                    inputs?: {
                        name: string;
                        /**
                         * @description Left out: that of the field it stands for
                         * @enum {string}
                         */
                        type?: "text" | "email" | "phone" | "number" | "boolean" | "date" | "datetime" | "option" | "options" | "id" | "owner";
                        /** @description For the AI agent */
                        description: string;
                        /** @default true */
                        required?: boolean;
                        /** @description Of a text; default 200 */
                        maxLength?: number;
                        /** @description Fewer than the field has */
                        options?: string[];
                    }[];
                    /** @default [] */
                    inputObjectMap?: {
                        input: string;
                        object: string;
                        field: string;
                    }[];
                    projection?: {
                        field: string;
                        as?: string;
                    }[];
                    /** @enum {string} */
                    operation: "restWrite";
                    restWrite: {
                        /** @enum {string} */
                        action: "create";
                        object: string;
                        /** @default [] */
                        associate?: {
                            /** @enum {string} */
                            to: "contacts" | "companies" | "deals" | "tickets";
                            id: {
                                constant: string | number | boolean | string[];
                            } | {
                                input: string;
                            };
                            /** @description Left out: the plain tie */
                            label?: string;
                        }[];
                        set: {
                            field: string;
                            value: {
                                constant: string | number | boolean | string[];
                            } | {
                                input: string;
                            };
                        }[];
                    } | {
                        /** @enum {string} */
                        action: "update";
                        object: string;
                        /** @default [] */
                        associate?: {
                            /** @enum {string} */
                            to: "contacts" | "companies" | "deals" | "tickets";
                            id: {
                                constant: string | number | boolean | string[];
                            } | {
                                input: string;
                            };
                            /** @description Left out: the plain tie */
                            label?: string;
                        }[];
                        /** @description From an earlier find */
                        id: {
                            input: string;
                        };
                        /** @default [] */
                        set?: {
                            field: string;
                            value: {
                                constant: string | number | boolean | string[];
                            } | {
                                input: string;
                            };
                        }[];
                    } | {
                        /** @enum {string} */
                        action: "findOrCreate";
                        object: string;
                        /** @default [] */
                        associate?: {
                            /** @enum {string} */
                            to: "contacts" | "companies" | "deals" | "tickets";
                            id: {
                                constant: string | number | boolean | string[];
                            } | {
                                input: string;
                            };
                            /** @description Left out: the plain tie */
                            label?: string;
                        }[];
                        /** @description A unique field, or a contact’s e-mail or phone */
                        key: {
                            field: string;
                            value: {
                                constant: string | number | boolean | string[];
                            } | {
                                input: string;
                            };
                        };
                        /** @default [] */
                        set?: {
                            field: string;
                            value: {
                                constant: string | number | boolean | string[];
                            } | {
                                input: string;
                            };
                        }[];
                    };
                    /**
                     * @description Writes are saved disabled whatever is asked for
                     * @default false
                     */
                    enabled?: boolean;
                };
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "toolName": "find_open_deals",
                     *         "description": "Finds open deals by a word of their name",
                     *         "operation": "restSearch",
                     *         "restSearch": {
                     *           "object": "deals",
                     *           "where": [
                     *             [
                     *               {
                     *                 "field": "dealname",
                     *                 "operator": "CONTAINS_TOKEN",
                     *                 "value": {
                     *                   "input": "word"
                     *                 }
                     *               },
                     *               {
                     *                 "field": "hs_is_closed",
                     *                 "operator": "EQ",
                     *                 "value": {
                     *                   "constant": false
                     *                 }
                     *               }
                     *             ]
                     *           ],
                     *           "select": [
                     *             "dealname",
                     *             "amount"
                     *           ],
                     *           "sort": {
                     *             "field": "createdate",
                     *             "direction": "descending"
                     *           },
                     *           "take": {
                     *             "many": 10
                     *           }
                     *         },
                     *         "inputs": [
                     *           {
                     *             "name": "word",
                     *             "description": "A word of the deal’s name",
                     *             "required": true,
                     *             "maxLength": 80
                     *           }
                     *         ],
                     *         "inputObjectMap": [
                     *           {
                     *             "input": "word",
                     *             "object": "deals",
                     *             "field": "dealname"
                     *           }
                     *         ],
                     *         "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "agentId": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "origin": "binding",
                     *         "version": 1,
                     *         "enabled": true,
                     *         "state": "ready",
                     *         "problems": [],
                     *         "gates": {
                     *           "confirmation": false,
                     *           "verifiedCaller": false
                     *         },
                     *         "inputSchema": {
                     *           "type": "object",
                     *           "properties": {
                     *             "word": {
                     *               "type": "string",
                     *               "description": "A word of the deal’s name",
                     *               "minLength": 1,
                     *               "maxLength": 80
                     *             }
                     *           },
                     *           "required": [
                     *             "word"
                     *           ],
                     *           "additionalProperties": false
                     *         },
                     *         "createdAt": "2026-11-21T10:00:00.000Z",
                     *         "updatedAt": "2026-11-21T10:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["BindingResponse"];
                    };
                };
            };
            /** @description 1001 Required field missing; 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2011 Resource not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1012 Resource state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Bindings_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agentId: string;
                bindingId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "toolName": "find_open_deals",
                     *         "description": "Finds open deals by a word of their name",
                     *         "operation": "restSearch",
                     *         "restSearch": {
                     *           "object": "deals",
                     *           "where": [
                     *             [
                     *               {
                     *                 "field": "dealname",
                     *                 "operator": "CONTAINS_TOKEN",
                     *                 "value": {
                     *                   "input": "word"
                     *                 }
                     *               },
                     *               {
                     *                 "field": "hs_is_closed",
                     *                 "operator": "EQ",
                     *                 "value": {
                     *                   "constant": false
                     *                 }
                     *               }
                     *             ]
                     *           ],
                     *           "select": [
                     *             "dealname",
                     *             "amount"
                     *           ],
                     *           "sort": {
                     *             "field": "createdate",
                     *             "direction": "descending"
                     *           },
                     *           "take": {
                     *             "many": 10
                     *           }
                     *         },
                     *         "inputs": [
                     *           {
                     *             "name": "word",
                     *             "description": "A word of the deal’s name",
                     *             "required": true,
                     *             "maxLength": 80
                     *           }
                     *         ],
                     *         "inputObjectMap": [
                     *           {
                     *             "input": "word",
                     *             "object": "deals",
                     *             "field": "dealname"
                     *           }
                     *         ],
                     *         "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "agentId": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "origin": "binding",
                     *         "version": 1,
                     *         "enabled": true,
                     *         "state": "ready",
                     *         "problems": [],
                     *         "gates": {
                     *           "confirmation": false,
                     *           "verifiedCaller": false
                     *         },
                     *         "inputSchema": {
                     *           "type": "object",
                     *           "properties": {
                     *             "word": {
                     *               "type": "string",
                     *               "description": "A word of the deal’s name",
                     *               "minLength": 1,
                     *               "maxLength": 80
                     *             }
                     *           },
                     *           "required": [
                     *             "word"
                     *           ],
                     *           "additionalProperties": false
                     *         },
                     *         "createdAt": "2026-11-21T10:00:00.000Z",
                     *         "updatedAt": "2026-11-21T10:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["BindingResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2011 Resource not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Bindings_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agentId: string;
                bindingId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "toolName": "find_open_deals",
                     *         "description": "Finds open deals by a word of their name",
                     *         "operation": "restSearch",
                     *         "restSearch": {
                     *           "object": "deals",
                     *           "where": [
                     *             [
                     *               {
                     *                 "field": "dealname",
                     *                 "operator": "CONTAINS_TOKEN",
                     *                 "value": {
                     *                   "input": "word"
                     *                 }
                     *               },
                     *               {
                     *                 "field": "hs_is_closed",
                     *                 "operator": "EQ",
                     *                 "value": {
                     *                   "constant": false
                     *                 }
                     *               }
                     *             ]
                     *           ],
                     *           "select": [
                     *             "dealname",
                     *             "amount"
                     *           ],
                     *           "sort": {
                     *             "field": "createdate",
                     *             "direction": "descending"
                     *           },
                     *           "take": {
                     *             "many": 10
                     *           }
                     *         },
                     *         "inputs": [
                     *           {
                     *             "name": "word",
                     *             "description": "A word of the deal’s name",
                     *             "required": true,
                     *             "maxLength": 80
                     *           }
                     *         ],
                     *         "inputObjectMap": [
                     *           {
                     *             "input": "word",
                     *             "object": "deals",
                     *             "field": "dealname"
                     *           }
                     *         ],
                     *         "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "agentId": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "origin": "binding",
                     *         "version": 1,
                     *         "enabled": true,
                     *         "state": "ready",
                     *         "problems": [],
                     *         "gates": {
                     *           "confirmation": false,
                     *           "verifiedCaller": false
                     *         },
                     *         "inputSchema": {
                     *           "type": "object",
                     *           "properties": {
                     *             "word": {
                     *               "type": "string",
                     *               "description": "A word of the deal’s name",
                     *               "minLength": 1,
                     *               "maxLength": 80
                     *             }
                     *           },
                     *           "required": [
                     *             "word"
                     *           ],
                     *           "additionalProperties": false
                     *         },
                     *         "createdAt": "2026-11-21T10:00:00.000Z",
                     *         "updatedAt": "2026-11-21T10:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["BindingResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2011 Resource not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Bindings_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description ETag of what you saw: refused when it changed since. To enable a write it is required */
                "If-Match"?: string;
            };
            path: {
                agentId: string;
                bindingId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "enabled": true
                 *     }
                 */
                "application/json": {
                    toolName?: string;
                    /** @description For the AI agent: when to use it */
                    description?: string;
                    inputs?: {
                        name: string;
                        /**
                         * @description Left out: that of the field it stands for
                         * @enum {string}
                         */
                        type?: "text" | "email" | "phone" | "number" | "boolean" | "date" | "datetime" | "option" | "options" | "id" | "owner";
                        /** @description For the AI agent */
                        description: string;
                        /** @default true */
                        required?: boolean;
                        /** @description Of a text; default 200 */
                        maxLength?: number;
                        /** @description Fewer than the field has */
                        options?: string[];
                    }[];
                    inputObjectMap?: {
                        input: string;
                        object: string;
                        field: string;
                    }[];
                    /** @description null: everything selected */
                    projection?: {
                        field: string;
                        as?: string;
                    }[] | null;
                    /** @enum {string} */
                    operation?: "restSearch" | "restWrite";
                    restSearch?: {
                        object: string;
                        /** @description Groups joined by OR; the filters of a group by AND. Empty: every record */
                        where: ({
                            /** @description A field of the object, or associations.contacts (companies, deals, tickets): the id of such a record that it is tied to, by EQ or IN */
                            field: string;
                            /** @enum {string} */
                            operator: "EQ" | "NEQ" | "LT" | "LTE" | "GT" | "GTE" | "CONTAINS_TOKEN" | "NOT_CONTAINS_TOKEN";
                            value: {
                                constant: string | number | boolean | string[];
                            } | {
                                input: string;
                            };
                            /** @description Only this filter goes when its input is left out, not its group */
                            optional?: boolean;
                        } | {
                            /** @description A field of the object, or associations.contacts (companies, deals, tickets): the id of such a record that it is tied to, by EQ or IN */
                            field: string;
                            /** @enum {string} */
                            operator: "BETWEEN";
                            value: {
                                constant: string | number | boolean | string[];
                            } | {
                                input: string;
                            };
                            highValue: {
                                constant: string | number | boolean | string[];
                            } | {
                                input: string;
                            };
                            /** @description Only this filter goes when its input is left out, not its group */
                            optional?: boolean;
                        } | {
                            /** @description A field of the object, or associations.contacts (companies, deals, tickets): the id of such a record that it is tied to, by EQ or IN */
                            field: string;
                            /** @enum {string} */
                            operator: "IN" | "NOT_IN";
                            values: ({
                                constant: string | number | boolean | string[];
                            } | {
                                input: string;
                            })[];
                            /** @description Only this filter goes when its input is left out, not its group */
                            optional?: boolean;
                        } | {
                            /** @description A field of the object, or associations.contacts (companies, deals, tickets): the id of such a record that it is tied to, by EQ or IN */
                            field: string;
                            /** @enum {string} */
                            operator: "HAS_PROPERTY" | "NOT_HAS_PROPERTY";
                        })[][];
                        select: string[];
                        sort?: {
                            field: string;
                            /** @enum {string} */
                            direction: "ascending" | "descending";
                        };
                        take: ("one" | "latest") | {
                            many: number;
                            paging?: boolean;
                        };
                    };
                    restWrite?: {
                        /** @enum {string} */
                        action: "create";
                        object: string;
                        /** @default [] */
                        associate?: {
                            /** @enum {string} */
                            to: "contacts" | "companies" | "deals" | "tickets";
                            id: {
                                constant: string | number | boolean | string[];
                            } | {
                                input: string;
                            };
                            /** @description Left out: the plain tie */
                            label?: string;
                        }[];
                        set: {
                            field: string;
                            value: {
                                constant: string | number | boolean | string[];
                            } | {
                                input: string;
                            };
                        }[];
                    } | {
                        /** @enum {string} */
                        action: "update";
                        object: string;
                        /** @default [] */
                        associate?: {
                            /** @enum {string} */
                            to: "contacts" | "companies" | "deals" | "tickets";
                            id: {
                                constant: string | number | boolean | string[];
                            } | {
                                input: string;
                            };
                            /** @description Left out: the plain tie */
                            label?: string;
                        }[];
                        /** @description From an earlier find */
                        id: {
                            input: string;
                        };
                        /** @default [] */
                        set?: {
                            field: string;
                            value: {
                                constant: string | number | boolean | string[];
                            } | {
                                input: string;
                            };
                        }[];
                    } | {
                        /** @enum {string} */
                        action: "findOrCreate";
                        object: string;
                        /** @default [] */
                        associate?: {
                            /** @enum {string} */
                            to: "contacts" | "companies" | "deals" | "tickets";
                            id: {
                                constant: string | number | boolean | string[];
                            } | {
                                input: string;
                            };
                            /** @description Left out: the plain tie */
                            label?: string;
                        }[];
                        /** @description A unique field, or a contact’s e-mail or phone */
                        key: {
                            field: string;
                            value: {
                                constant: string | number | boolean | string[];
                            } | {
                                input: string;
                            };
                        };
                        /** @default [] */
                        set?: {
                            field: string;
                            value: {
                                constant: string | number | boolean | string[];
                            } | {
                                input: string;
                            };
                        }[];
                    };
                    enabled?: boolean;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "toolName": "find_open_deals",
                     *         "description": "Finds open deals by a word of their name",
                     *         "operation": "restSearch",
                     *         "restSearch": {
                     *           "object": "deals",
                     *           "where": [
                     *             [
                     *               {
                     *                 "field": "dealname",
                     *                 "operator": "CONTAINS_TOKEN",
                     *                 "value": {
                     *                   "input": "word"
                     *                 }
                     *               },
                     *               {
                     *                 "field": "hs_is_closed",
                     *                 "operator": "EQ",
                     *                 "value": {
                     *                   "constant": false
                     *                 }
                     *               }
                     *             ]
                     *           ],
                     *           "select": [
                     *             "dealname",
                     *             "amount"
                     *           ],
                     *           "sort": {
                     *             "field": "createdate",
                     *             "direction": "descending"
                     *           },
                     *           "take": {
                     *             "many": 10
                     *           }
                     *         },
                     *         "inputs": [
                     *           {
                     *             "name": "word",
                     *             "description": "A word of the deal’s name",
                     *             "required": true,
                     *             "maxLength": 80
                     *           }
                     *         ],
                     *         "inputObjectMap": [
                     *           {
                     *             "input": "word",
                     *             "object": "deals",
                     *             "field": "dealname"
                     *           }
                     *         ],
                     *         "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "agentId": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *         "origin": "binding",
                     *         "version": 1,
                     *         "enabled": true,
                     *         "state": "ready",
                     *         "problems": [],
                     *         "gates": {
                     *           "confirmation": false,
                     *           "verifiedCaller": false
                     *         },
                     *         "inputSchema": {
                     *           "type": "object",
                     *           "properties": {
                     *             "word": {
                     *               "type": "string",
                     *               "description": "A word of the deal’s name",
                     *               "minLength": 1,
                     *               "maxLength": 80
                     *             }
                     *           },
                     *           "required": [
                     *             "word"
                     *           ],
                     *           "additionalProperties": false
                     *         },
                     *         "createdAt": "2026-11-21T10:00:00.000Z",
                     *         "updatedAt": "2026-11-21T10:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["BindingResponse"];
                    };
                };
            };
            /** @description 1001 Required field missing; 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2011 Resource not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1012 Resource state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1016 Stale If-Match */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Bindings_versions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agentId: string;
                bindingId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "toolName": "find_open_deals",
                     *           "description": "Finds open deals by a word of their name",
                     *           "operation": "restSearch",
                     *           "restSearch": {
                     *             "object": "deals",
                     *             "where": [
                     *               [
                     *                 {
                     *                   "field": "dealname",
                     *                   "operator": "CONTAINS_TOKEN",
                     *                   "value": {
                     *                     "input": "word"
                     *                   }
                     *                 },
                     *                 {
                     *                   "field": "hs_is_closed",
                     *                   "operator": "EQ",
                     *                   "value": {
                     *                     "constant": false
                     *                   }
                     *                 }
                     *               ]
                     *             ],
                     *             "select": [
                     *               "dealname",
                     *               "amount"
                     *             ],
                     *             "sort": {
                     *               "field": "createdate",
                     *               "direction": "descending"
                     *             },
                     *             "take": {
                     *               "many": 10
                     *             }
                     *           },
                     *           "inputs": [
                     *             {
                     *               "name": "word",
                     *               "description": "A word of the deal’s name",
                     *               "required": true,
                     *               "maxLength": 80
                     *             }
                     *           ],
                     *           "inputObjectMap": [
                     *             {
                     *               "input": "word",
                     *               "object": "deals",
                     *               "field": "dealname"
                     *             }
                     *           ],
                     *           "version": 1,
                     *           "createdAt": "2026-11-21T10:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["BindingVersionResponse"][];
                        /** @description Absent on the last page */
                        nextCursor?: string;
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2011 Resource not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    BindingDrafts_draft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "goal": "Find open deals by name"
                 *     }
                 */
                "application/json": components["schemas"]["GoalBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "draft": {
                     *           "toolName": "find_open_deals",
                     *           "description": "Finds open deals by a word of their name",
                     *           "operation": "restSearch",
                     *           "restSearch": {
                     *             "object": "deals",
                     *             "where": [
                     *               [
                     *                 {
                     *                   "field": "dealname",
                     *                   "operator": "CONTAINS_TOKEN",
                     *                   "value": {
                     *                     "input": "word"
                     *                   }
                     *                 },
                     *                 {
                     *                   "field": "hs_is_closed",
                     *                   "operator": "EQ",
                     *                   "value": {
                     *                     "constant": false
                     *                   }
                     *                 }
                     *               ]
                     *             ],
                     *             "select": [
                     *               "dealname",
                     *               "amount"
                     *             ],
                     *             "sort": {
                     *               "field": "createdate",
                     *               "direction": "descending"
                     *             },
                     *             "take": {
                     *               "many": 10
                     *             }
                     *           },
                     *           "inputs": [
                     *             {
                     *               "name": "word",
                     *               "description": "A word of the deal’s name",
                     *               "required": true,
                     *               "maxLength": 80
                     *             }
                     *           ],
                     *           "inputObjectMap": [
                     *             {
                     *               "input": "word",
                     *               "object": "deals",
                     *               "field": "dealname"
                     *             }
                     *           ],
                     *           "enabled": false
                     *         },
                     *         "by": "matcher",
                     *         "gates": {
                     *           "confirmation": false,
                     *           "verifiedCaller": false
                     *         },
                     *         "inputSchema": {
                     *           "type": "object",
                     *           "properties": {
                     *             "word": {
                     *               "type": "string",
                     *               "description": "A word of the deal’s name",
                     *               "minLength": 1,
                     *               "maxLength": 80
                     *             }
                     *           },
                     *           "required": [
                     *             "word"
                     *           ],
                     *           "additionalProperties": false
                     *         },
                     *         "reasons": [
                     *           {
                     *             "path": "restSearch.where[0][0]",
                     *             "said": "open",
                     *             "chosen": "hs_is_closed EQ",
                     *             "message": "HubSpot says which are closed"
                     *           }
                     *         ],
                     *         "alternatives": [
                     *           {
                     *             "message": "\"name\" as Deal Type",
                     *             "draft": {
                     *               "toolName": "find_open_deals",
                     *               "description": "Finds open deals by a word of their name",
                     *               "operation": "restSearch",
                     *               "restSearch": {
                     *                 "object": "deals",
                     *                 "where": [
                     *                   [
                     *                     {
                     *                       "field": "dealname",
                     *                       "operator": "CONTAINS_TOKEN",
                     *                       "value": {
                     *                         "input": "word"
                     *                       }
                     *                     },
                     *                     {
                     *                       "field": "hs_is_closed",
                     *                       "operator": "EQ",
                     *                       "value": {
                     *                         "constant": false
                     *                       }
                     *                     }
                     *                   ]
                     *                 ],
                     *                 "select": [
                     *                   "dealname",
                     *                   "amount"
                     *                 ],
                     *                 "sort": {
                     *                   "field": "createdate",
                     *                   "direction": "descending"
                     *                 },
                     *                 "take": {
                     *                   "many": 10
                     *                 }
                     *               },
                     *               "inputs": [
                     *                 {
                     *                   "name": "word",
                     *                   "description": "A word of the deal’s name",
                     *                   "required": true,
                     *                   "maxLength": 80
                     *                 }
                     *               ],
                     *               "inputObjectMap": [
                     *                 {
                     *                   "input": "word",
                     *                   "object": "deals",
                     *                   "field": "dealname"
                     *                 }
                     *               ],
                     *               "enabled": false
                     *             },
                     *             "reasons": [
                     *               {
                     *                 "path": "restSearch.where[0][0]",
                     *                 "said": "open",
                     *                 "chosen": "hs_is_closed EQ",
                     *                 "message": "HubSpot says which are closed"
                     *               }
                     *             ]
                     *           }
                     *         ],
                     *         "ignored": []
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["BindingDraftResponse"];
                    };
                };
            };
            /** @description 1001 Required field missing; 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2011 Resource not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1012 Resource state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    BindingChecks_checkNew: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "toolName": "find_open_deals",
                 *       "description": "Finds open deals by a word of their name",
                 *       "operation": "restSearch",
                 *       "restSearch": {
                 *         "object": "deals",
                 *         "where": [
                 *           [
                 *             {
                 *               "field": "dealname",
                 *               "operator": "CONTAINS_TOKEN",
                 *               "value": {
                 *                 "input": "word"
                 *               }
                 *             },
                 *             {
                 *               "field": "hs_is_closed",
                 *               "operator": "EQ",
                 *               "value": {
                 *                 "constant": false
                 *               }
                 *             }
                 *           ]
                 *         ],
                 *         "select": [
                 *           "dealname",
                 *           "amount"
                 *         ],
                 *         "sort": {
                 *           "field": "createdate",
                 *           "direction": "descending"
                 *         },
                 *         "take": {
                 *           "many": 10
                 *         }
                 *       },
                 *       "inputs": [
                 *         {
                 *           "name": "word",
                 *           "description": "A word of the deal’s name",
                 *           "required": true,
                 *           "maxLength": 80
                 *         }
                 *       ],
                 *       "inputObjectMap": [
                 *         {
                 *           "input": "word",
                 *           "object": "deals",
                 *           "field": "dealname"
                 *         }
                 *       ],
                 *       "enabled": true
                 *     }
                 */
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "valid": true,
                     *         "problems": [],
                     *         "inputSchema": {
                     *           "type": "object",
                     *           "properties": {
                     *             "word": {
                     *               "type": "string",
                     *               "description": "A word of the deal’s name",
                     *               "minLength": 1,
                     *               "maxLength": 80
                     *             }
                     *           },
                     *           "required": [
                     *             "word"
                     *           ],
                     *           "additionalProperties": false
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["BindingCheckResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2011 Resource not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1012 Resource state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    BindingChecks_checkChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agentId: string;
                bindingId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "description": "Finds open deals by a word of their name"
                 *     }
                 */
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "valid": true,
                     *         "problems": [],
                     *         "inputSchema": {
                     *           "type": "object",
                     *           "properties": {
                     *             "word": {
                     *               "type": "string",
                     *               "description": "A word of the deal’s name",
                     *               "minLength": 1,
                     *               "maxLength": 80
                     *             }
                     *           },
                     *           "required": [
                     *             "word"
                     *           ],
                     *           "additionalProperties": false
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["BindingCheckResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2011 Resource not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1012 Resource state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Pack_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "skills": [
                     *           {
                     *             "skill": "create_deal",
                     *             "description": "Notes a new deal. Find the caller first, so that it stands with their contact.",
                     *             "operation": "restWrite",
                     *             "object": "deals",
                     *             "gates": {
                     *               "confirmation": true,
                     *               "verifiedCaller": false
                     *             },
                     *             "state": "available",
                     *             "inputSchema": {
                     *               "type": "object",
                     *               "properties": {
                     *                 "name": {
                     *                   "type": "string",
                     *                   "description": "What the deal is called",
                     *                   "minLength": 1,
                     *                   "maxLength": 200
                     *                 }
                     *               },
                     *               "required": [
                     *                 "name"
                     *               ],
                     *               "additionalProperties": false
                     *             }
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["PackResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Pack_change: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "tickets": {
                 *         "pipelineId": "0"
                 *       },
                 *       "deals": {
                 *         "pipelineId": "default",
                 *         "stageId": "qualifiedtobuy"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ChangePackRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "skills": [
                     *           {
                     *             "skill": "create_deal",
                     *             "description": "Notes a new deal. Find the caller first, so that it stands with their contact.",
                     *             "operation": "restWrite",
                     *             "object": "deals",
                     *             "gates": {
                     *               "confirmation": true,
                     *               "verifiedCaller": false
                     *             },
                     *             "state": "available",
                     *             "inputSchema": {
                     *               "type": "object",
                     *               "properties": {
                     *                 "name": {
                     *                   "type": "string",
                     *                   "description": "What the deal is called",
                     *                   "minLength": 1,
                     *                   "maxLength": 200
                     *                 }
                     *               },
                     *               "required": [
                     *                 "name"
                     *               ],
                     *               "additionalProperties": false
                     *             }
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["PackResponse"];
                    };
                };
            };
            /** @description 1001 Required field missing; 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1012 Resource state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Pack_install: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "skill": "find_contact",
                     *           "created": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["InstalledSkillResponse"][];
                        /** @description Absent on the last page */
                        nextCursor?: string;
                    };
                };
            };
            /** @description 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2011 Resource not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1012 Resource state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3004 HubSpot failed */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Skills_execute: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made up by the caller, 1 to 200 characters: for a day, repetitions are answered as the first time */
                "Idempotency-Key"?: string;
            };
            path: {
                agentId: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "arguments": {
                 *         "phone": "+49 176 1234567"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["RunSkillRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "outcome": "found",
                     *         "message": "I found one contact.",
                     *         "nextCursor": "10"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["SkillAnswerResponse"];
                    };
                };
            };
            /** @description 1001 Required field missing; 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden; 2010 HubSpot not connected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2002 Conversation not found; 2011 Resource not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1012 Resource state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3004 HubSpot failed */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Mcp_answer: {
        parameters: {
            query?: never;
            header?: {
                /** @description In which the AI agent talks */
                "Threadline-Conversation-Id"?: string;
            };
            path: {
                agentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "jsonrpc": "2.0",
                 *       "id": 1,
                 *       "method": "tools/call",
                 *       "params": {
                 *         "name": "find_contact",
                 *         "arguments": {
                 *           "phone": "+49 176 1234567"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": {
                    [key: string]: unknown;
                };
            };
        };
        responses: {
            /** @description Clients of earlier revisions are sent the same as a server-sent event; notifications are answered 202 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "jsonrpc": "2.0",
                     *       "id": 1,
                     *       "result": {
                     *         "content": [
                     *           {
                     *             "type": "text",
                     *             "text": "{\"outcome\":\"found\",\"message\":\"I found one contact.\",\"records\":[]}"
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2011 Resource not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    SkillTrials_try: {
        parameters: {
            query?: never;
            header?: {
                /** @description Made up by the caller, 1 to 200 characters: for a day, repetitions are answered as the first time */
                "Idempotency-Key"?: string;
            };
            path: {
                agentId: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "arguments": {
                 *         "phone": "+49 176 1234567"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["TrySkillRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "outcome": "found",
                     *         "message": "I found one contact.",
                     *         "nextCursor": "10"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["TriedSkillResponse"];
                    };
                };
            };
            /** @description 1001 Required field missing; 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden; 2010 HubSpot not connected */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2002 Conversation not found; 2011 Resource not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1012 Resource state does not allow it */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3004 HubSpot failed */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Runs_list: {
        parameters: {
            query?: {
                /** @description Entries per page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Of this skill only */
                skill?: string;
                /** @description That came to this only */
                outcome?: components["schemas"]["RunOutcome"];
            };
            header?: never;
            path: {
                agentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "0190a7f2-6c1d-7e44-9d3a-5b1f0c2e8a77",
                     *           "skill": "find_contact",
                     *           "version": 1,
                     *           "calledBy": "Voice platform",
                     *           "arguments": {
                     *             "phone": "+49 176 1234567"
                     *           },
                     *           "outcome": "found",
                     *           "reason": "hubspot_slow",
                     *           "records": 1,
                     *           "at": "2026-11-21T10:00:00.000Z",
                     *           "durationMs": 214
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["SkillRunResponse"][];
                        /** @description Absent on the last page */
                        nextCursor?: string;
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2012 No credentials */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2005 Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2011 Resource not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Webhooks_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description v1 */
                "X-HubSpot-Signature-Version"?: string;
                "X-HubSpot-Signature"?: string;
                /** @description ms since 1970; belongs to v3 */
                "X-HubSpot-Request-Timestamp"?: string;
                "X-HubSpot-Signature-v3"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       {
                 *         "eventId": 3281964,
                 *         "subscriptionId": 12,
                 *         "portalId": 62515,
                 *         "occurredAt": 1795255200000,
                 *         "subscriptionType": "contact.deletion",
                 *         "attemptNumber": 0,
                 *         "objectId": 151
                 *       }
                 *     ]
                 */
                "application/json": {
                    [key: string]: unknown;
                }[];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "stored": 1,
                     *         "repeated": 0,
                     *         "dropped": 0
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["WebhookReceipt"];
                    };
                };
            };
            /** @description 1002 Invalid field value; 1004 Malformed JSON */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 2004 Bad signature or token; 2013 Timestamp outside the allowed skew */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1014 Body too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1015 Unsupported media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 1007 Rate limited */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error; 3003 Not configured */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Health_live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "status": "ok"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["HealthResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Health_ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": {
                     *         "status": "ok"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["HealthResponse"];
                    };
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    Metrics_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prometheus text format 0.0.4 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example text */
                    "text/plain": string;
                };
            };
            /** @description 1002 Invalid field value */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3001 Internal error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description 3002 Temporarily unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
}
