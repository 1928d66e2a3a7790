using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;

namespace Moovolt.Api.Commands;

/// <summary>Where on a charge point, as operators write it.</summary>
internal static class Place
{
    public static Problem? Wrong(int? evse, int? connector) => (evse, connector) switch
    {
        (null, not null) => Problem.Wrong(
            "'connector' alone names no place: give 'evse' too. Connector n of an OCPP 1.6 charger is evse n."),
        (< 1, _) => Problem.Wrong("'evse' begins at 1. Leave it out for the whole charge point."),
        (_, < 1) => Problem.Wrong("'connector' begins at 1. Leave it out for the first one."),
        _ => null,
    };

    /// <summary>Null for the whole charge point.</summary>
    public static ConnectorId? Of(int? evse, int? connector) =>
        evse is { } number ? new ConnectorId(number, connector ?? 1) : null;
}
