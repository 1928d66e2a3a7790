using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.HeldThings;

/// <summary>
/// From what a charger took, gave up, reported or said to what it holds. A report changes what people see when its last
/// part is stored, and all at once.
/// </summary>
internal static class HeldThingProjection
{
    private const string DefaultTariff = "default";

    public static readonly string[] Tables = ["held_things", "held_reported"];

    public static IEnumerable<Statement> Of(ChargePointEvent @event) => @event switch
    {
        StationAnswered { Answer.Outcome: NowHeld held } e => Hold(e, held),
        StationAnswered { Answer.Outcome: NoLongerHeld { Ids.IsEmpty: true } gone } e => [Release(e, gone, null)],
        StationAnswered { Answer.Outcome: NoLongerHeld gone } e => gone.Ids.Select(id => Release(e, gone, id)),
        HeldTold { Over: true } e => [Release(e, new NoLongerHeld(e.Thing.Kind, [], e.Thing.Place), e.Thing.Id)],
        HeldTold e => [Put(e, e.Thing)],
        ChargingNeedsTold e => [Put(e, e.Thing)],
        ChargingNeedsBound e => [Bind(e)],
        HeldPartReported e => e.Things.Select(thing => Keep(e, thing)),
        HeldReported e => Finish(e),
        _ => [],
    };

    private static IEnumerable<Statement> Hold(StationAnswered e, NowHeld held)
    {
        if (held.Whole)
        {
            var others = held.Things.IsEmpty ? ""
                : $" and id not in ({string.Join(", ", held.Things.Select((_, n) => $"${n + 3}"))})";
            yield return new Statement(
                $"delete from held_things where charge_point = $1 and kind = $2{others}",
                [e.Id.Value, (int)held.Kind, .. held.Things.Select(thing => thing.Id)]);
        }

        foreach (var thing in held.Things)
        {
            if (thing is { Kind: HeldKind.Tariff, Group: DefaultTariff } && !held.Whole) yield return Displace(e, thing);
            yield return Put(e, thing);
        }
    }

    // One default at an EVSE (OCPP 2.1, I07); one for every EVSE takes the place of all.
    private static Statement Displace(StationAnswered e, HeldThing tariff) => new(
        """
        delete from held_things where charge_point = $1 and kind = $2 and grp = $3 and ($4 = 0 or evse = $4) and id <> $5
        """,
        e.Id.Value, (int)tariff.Kind, DefaultTariff, tariff.Place.Evse, tariff.Id);

    private static Statement Put(ChargePointEvent e, HeldThing thing) => new(
        """
        insert into held_things (charge_point, kind, evse, connector, id, grp, severity, body, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (charge_point, kind, evse, connector, id) do update set
          grp = excluded.grp, severity = excluded.severity, at = excluded.at,
          body = case when excluded.body = '{}' then held_things.body else excluded.body end
        """,
        Members(e.Id, (int)thing.Kind, thing, e.At));

    private static Statement Keep(HeldPartReported e, HeldThing thing) => new(
        """
        insert into held_reported (charge_point, kind, evse, connector, id, grp, severity, body, at, number)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (charge_point, number, kind, evse, connector, id) do update set
          grp = excluded.grp, severity = excluded.severity, at = excluded.at, body = excluded.body
        """,
        [.. Members(e.Id, (int)thing.Kind, thing, e.At), e.Number]);

    private static object?[] Members(ChargePointId id, int kind, HeldThing thing, DateTimeOffset at) =>
        [id.Value, kind, thing.Place.Evse, thing.Place.Connector, thing.Id, thing.Group, thing.Severity, thing.Body, at];

    private static IEnumerable<Statement> Finish(HeldReported e)
    {
        if (e.IsWhole)
        {
            yield return new Statement(
                "delete from held_things where charge_point = $1 and kind = $2", e.Id.Value, (int)e.Kind);
        }

        yield return new Statement(
            """
            insert into held_things (charge_point, kind, evse, connector, id, grp, severity, body, at)
            select charge_point, kind, evse, connector, id, grp, severity, body, at from held_reported
            where charge_point = $1 and number = $2 and kind = $3
            on conflict (charge_point, kind, evse, connector, id) do update set
              grp = excluded.grp, severity = excluded.severity, at = excluded.at, body = excluded.body
            """,
            e.Id.Value, e.Number, (int)e.Kind);
        yield return new Statement(
            "delete from held_reported where charge_point = $1 and number <= $2", e.Id.Value, e.Number);
    }

    private static Statement Bind(ChargingNeedsBound e) => new(
        """
        update held_things set id = $5 where charge_point = $1 and kind = $2 and evse = $3 and connector = $4 and id = ''
          and not exists (
            select 1 from held_things other
            where other.charge_point = $1 and other.kind = $2 and other.evse = $3 and other.connector = $4 and other.id = $5)
        """,
        e.Id.Value, (int)HeldKind.ChargingNeeds, e.Place.Evse, e.Place.Connector, e.LocalId);

    // A group is meant by itself, or by its first word.
    private static Statement Release(ChargePointEvent e, NoLongerHeld gone, string? id) => new(
        """
        delete from held_things where charge_point = $1 and kind = $2 and ($3 or id = $4)
          and ($5 or (evse = $6 and ($7 = 0 or connector = $7)))
          and ($8 or grp = $9 or substr(grp, 1, length($9) + 1) = $9 || ' ')
        """,
        e.Id.Value,
        (int)gone.Kind,
        id is null,
        id ?? "",
        gone.Place is null,
        gone.Place?.Evse ?? 0,
        gone.Place?.Connector ?? 0,
        gone.Group is null,
        gone.Group ?? "");
}
