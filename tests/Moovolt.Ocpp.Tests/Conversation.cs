using System.Globalization;
using System.Text;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Xunit;

namespace Moovolt.Ocpp.Tests;

/// <summary>
/// One stored conversation, told again. The lines of a golden file:
/// <c>&lt;</c> the charger says, <c>=</c> what it comes to, <c>?</c> what is asked of somebody outside, <c>~</c> an
/// entity or that somebody replies, <c>+</c> what is kept besides,
/// <c>></c> we say, <c>!</c> a wish, <c>@</c> the rule for unknown tokens, <c>$</c> what is
/// agreed with a vendor (its id, Accepts or Refuses, the data of the answer or -, its messages). What begins with
/// <c>=</c>, <c>?</c>, <c>+</c> and <c>></c> is compared.
/// </summary>
internal sealed class Conversation(Dialect dialect)
{
    public static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 5, TimeSpan.Zero);

    private static readonly ChargePointId Charger = new("CP-1");

    private readonly List<string> told = [];
    private UnknownTokens rule = UnknownTokens.Refuse;
    private VendorRules vendors = VendorRules.None;
    private string id = "";
    private StationRequest? wish;
    private string action = "";
    private Step? step;

    /// <summary>The lines as they are when the given ones are told to the dialect: equal to them when all is well.</summary>
    public static IReadOnlyList<string> Tell(Dialect dialect, IEnumerable<string> lines)
    {
        var conversation = new Conversation(dialect);
        foreach (var line in lines) conversation.Hear(line[0], line[1..].Trim(), line);
        return conversation.told;
    }

    private void Hear(char mark, string text, string line)
    {
        if (mark is '=' or '?' or '+' or '>') return;
        told.Add(line);
        switch (mark)
        {
            case '@': rule = Enum.Parse<UnknownTokens>(text); break;
            case '$': Agree(text.Split(' ')); break;
            case '<': Receive(Frames.Parse(Encoding.UTF8.GetBytes(text), dialect)); break;
            case '~': Go(Answer(text)); break;
            case '!': Wish(text); break;
        }
    }

    private void Receive(Frame frame)
    {
        switch (frame)
        {
            case Frame.Call call:
                id = call.Id;
                Go(dialect.Handle(call, new Arrival(Charger, 1, Now, rule, 600, [], null)
                {
                    Vendors = vendors, Version = dialect.Version,
                }));
                break;
            case Frame.Send send:
                var arrival = new Arrival(Charger, 1, Now, rule, 600, [], null);
                told.Add(dialect.Handle(send, arrival, out _)?.Values is { } values ? $"+  {Printed.Words(values)}" : ">  silence");
                break;
            case Frame.Unreadable { Fault: { } fault, Id: { } broken }:
                Say(Frames.PrintError(broken, fault));
                break;
            case Frame.Unreadable or Frame.Ignored or Frame.CallResultError:
                told.Add(">  silence");
                break;
            default:
                told.Add($"=  {Printed.Words(dialect.Hear(wish!, action, frame, out _, out var objection))}");
                if (objection is not null) Say(Frames.PrintResultError("c1", objection));
                break;
        }
    }

    private void Go(Step next)
    {
        step = next;
        switch (next)
        {
            case Step.Ask ask:
                told.Add($"=  {Printed.Words(ask.Command)}");
                break;
            case Step.Inquire inquire:
                told.Add($"?  {Printed.Words(inquire.Inquiry)}");
                break;
            case Step.Respond respond:
                if (respond.Keep is { } kept) told.Add($"+  {Printed.Words(kept)}");
                if (respond.Values is { } valuesToo) told.Add($"+  {Printed.Words(valuesToo)}");
                Say(Frames.PrintResult(id, dialect.PrintResponse(respond.Payload, Now)));
                break;
            case Step.Fail fail:
                Say(Frames.PrintError(id, fail.Fault));
                break;
            case Step.StaySilent silent:
                told.Add($">  silence: {silent.Reason}");
                break;
        }
    }

    private void Say(byte[] frame) => told.Add($">  {Encoding.UTF8.GetString(frame)}");

    private Step Answer(string text)
    {
        if (step is Step.Inquire inquire) return inquire.Then(Found(text.Split(' '), inquire.Inquiry));
        var ask = Assert.IsType<Step.Ask>(step);
        if (text != "nothing") return ask.Then(Reply(text.Split(' ')));
        Assert.NotNull(ask.Otherwise);
        return ask.Otherwise();
    }

    private static Finding Found(string[] words, Inquiry inquiry) => words switch
    {
        ["Contract", var exi] => new ContractCertificateFound("provider", exi, null),
        ["Standing", var state, .. var answer] => new CertificateStatusesFound("provider",
        [
            .. ((CertificateStatusInquiry)inquiry).Certificates.Select(name => new CertificateStanding(
                name, Enum.Parse<CertificateState>(state), Now.AddDays(1), answer is [var der] ? der : null)),
        ]),
        ["ContractIs", var status] => new ContractFound("provider", Enum.Parse<ContractStatus>(status)),
        ["Vat", var valid, .. var note] => new VatFound("provider", valid == "valid", null, string.Join(' ', note)),
        ["Nothing", var code, .. var why] => new NothingFound("provider", code, string.Join(' ', why)),
        _ => throw new FormatException($"Nobody finds that: {string.Join(' ', words)}"),
    };

    private static Reply Reply(string[] words) => words switch
    {
        ["Judged", var status] => new Judged(new Verdict(Enum.Parse<AuthorizationStatus>(status))),
        ["Judged", var status, var until, var parent] => new Judged(new Verdict(
            Enum.Parse<AuthorizationStatus>(status), DateTimeOffset.Parse(until, CultureInfo.InvariantCulture), parent)),
        ["Began", var number, var status] => new Began(
            new TransactionId(Charger, number), new Verdict(Enum.Parse<AuthorizationStatus>(status))),
        ["BootAnswered", var registration] => new BootAnswered(Enum.Parse<Registration>(registration)),
        ["StationReading"] => new StationReading(),
        ["EventStream", var how] => new EventStreamAnswered(how == "open"),
        ["Limits"] => new ScheduleStanding(null),
        ["Limits", var limit] => new ScheduleStanding(new ScheduleLimits(decimal.Parse(limit, CultureInfo.InvariantCulture))),
        ["NeedsTaken", var answer] => new NeedsTaken(Enum.Parse<NeedsAnswer>(answer)),
        ["Accepted"] => new Reply.Accepted(),
        ["Repeated"] => new Reply.Repeated(),
        ["Refused", .. var why] => new Reply.Refused(string.Join(' ', why)),
        _ => throw new FormatException($"No such reply: {string.Join(' ', words)}"),
    };

    private void Wish(string text)
    {
        wish = Request(text.Split(' '));
        switch (dialect.Say(wish))
        {
            case Said.Call call:
                action = call.Action;
                Say(Frames.PrintCall("c1", call.Action, call.Payload));
                break;
            case Said.Impossible impossible:
                told.Add($"=  impossible: {impossible.Reason}");
                break;
        }
    }

    private static StationRequest Request(string[] words) => words switch
    {
        ["StartCharging", var token] => new StartCharging(token, null),
        ["StartCharging", var token, var connector] => new StartCharging(token, Connector(connector)),
        ["StopCharging", var localId] => new StopCharging(new TransactionId(Charger, localId)),
        ["Restart", var how] => new Restart(how == "hard"),
        ["Unlock", var connector] => new Unlock(Connector(connector)),
        ["ChangeAvailability", var operative] => new ChangeAvailability(null, operative == "operative"),
        ["ChangeAvailability", var operative, var connector] =>
            new ChangeAvailability(Connector(connector), operative == "operative"),
        ["ReadConfiguration", .. var keys] => new ReadConfiguration([.. keys]),
        ["WriteConfiguration", var key, var value] => new WriteConfiguration(key, value),
        ["ClearCache"] => new ClearCache(),
        ["SwapBattery", var token, var swap] => new SwapBattery(token, int.Parse(swap, CultureInfo.InvariantCulture)),
        ["ReadCustomer", var token] => new ReadCustomer(token, null, Report: true, Clear: false),
        ["ReadLocalListVersion"] => new ReadLocalListVersion(),
        ["ReadTransactionStatus", var localId] => new ReadTransactionStatus(localId),
        ["SendLocalList", var update, var version, .. var tokens] => new SendLocalList(
            Enum.Parse<ListUpdate>(update), [.. tokens.Select(Entry)], [], int.Parse(version, CultureInfo.InvariantCulture)),
        ["Reserve", var number, var token, var until, .. var where] => new Reserve(
            token,
            where is [] ? null : Connector(where[0]),
            DateTimeOffset.Parse(until, CultureInfo.InvariantCulture),
            where is [_, var parent] ? parent : null,
            int.Parse(number, CultureInfo.InvariantCulture)),
        ["CancelReservation", var number] => new CancelReservation(int.Parse(number, CultureInfo.InvariantCulture)),
        ["StartCharging", var token, var connector, .. var profile] =>
            new StartCharging(token, Connector(connector), ProfileText.Read(profile)),
        ["SetChargingProfile", var connector, .. var profile] =>
            new SetChargingProfile(Connector(connector), ProfileText.Read(profile)),
        ["ClearChargingProfile", .. var criteria] => Clear(criteria),
        ["TransferData", var vendor, var message, .. var data] =>
            new TransferData(vendor, message == "-" ? null : message, data is [] ? null : string.Join(' ', data)),
        ["ReadCompositeSchedule", var connector, var seconds, .. var unit] => new ReadCompositeSchedule(
            Connector(connector), int.Parse(seconds, CultureInfo.InvariantCulture), unit is [var u] ? Enum.Parse<RateUnit>(u) : null),
        ["UpdateFirmware", var from, var at] => new UpdateFirmware(from, Moment(at), 3, 60),
        ["UpdateSignedFirmware", var number, var from, var at] =>
            new UpdateSignedFirmware(int.Parse(number, CultureInfo.InvariantCulture), from, Moment(at), null, "PEM", "c2ln"),
        ["UploadDiagnostics", var to] => new UploadDiagnostics(to),
        ["UploadDiagnostics", var to, var from, var until] => new UploadDiagnostics(to, Moment(from), Moment(until), 2, 30),
        ["UploadLog", var number, var log, var to] =>
            new UploadLog(int.Parse(number, CultureInfo.InvariantCulture), log == "security", to),
        ["Trigger", var what] => new Trigger(Enum.Parse<TriggeredMessage>(what), null),
        ["Trigger", var what, "again"] => new Trigger(Enum.Parse<TriggeredMessage>(what), null, TheOtherWay: true),
        ["Trigger", var what, var connector] => new Trigger(Enum.Parse<TriggeredMessage>(what), Connector(connector)),
        ["RotatePassword", var hex] => RotatePassword.Giving(new Secret(Convert.FromHexString(hex))),
        ["RotatePassword"] => new RotatePassword(),
        ["SendCertificate", var chain] => new SendCertificate(chain, "hash"),
        ["InstallCertificate", var use, var certificate] => new InstallCertificate(Enum.Parse<CertificateUse>(use), certificate),
        ["DeleteCertificate", var serial] => new DeleteCertificate(new CertificateName("SHA256", "aa", "bb", serial)),
        ["ListCertificates", var use] => new ListCertificates(Enum.Parse<CertificateUse>(use)),
        ["RawCall", var name, .. var payload] => new RawCall(name, string.Join(' ', payload)),
        _ => throw new FormatException($"No such wish: {string.Join(' ', words)}"),
    };

    private void Agree(string[] words) => vendors = new VendorRules(
        [new VendorRule(words[0], [.. words[3..]], words[1] == "Accepts", words[2] == "-" ? null : words[2])]);

    private static ClearChargingProfile Clear(string[] criteria) => criteria.Select(word => word.Split('=')).Aggregate(
        new ClearChargingProfile(null, null, null, null),
        (clear, criterion) => criterion switch
        {
            ["id", var id] => clear with { ProfileId = int.Parse(id, CultureInfo.InvariantCulture) },
            ["connector", var connector] => clear with { Connector = Connector(connector) },
            ["purpose", var purpose] => clear with { Purpose = Enum.Parse<ProfilePurpose>(purpose) },
            ["level", var level] => clear with { StackLevel = int.Parse(level, CultureInfo.InvariantCulture) },
            _ => throw new FormatException($"No criterion: {string.Join('=', criterion)}"),
        });

    // TOKEN|Status, or TOKEN|Status|until|parent; TOKEN alone takes it off.
    private static LocalListEntry Entry(string text) => text.Split('|') switch
    {
        [var token, var status] => new LocalListEntry(token, Enum.Parse<AuthorizationStatus>(status)),
        [var token, var status, var until, var parent] => new LocalListEntry(
            token, Enum.Parse<AuthorizationStatus>(status), DateTimeOffset.Parse(until, CultureInfo.InvariantCulture), parent),
        [var token] => new LocalListEntry(token, null),
        _ => throw new FormatException($"No such entry: {text}"),
    };

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static ConnectorId Connector(string text)
    {
        var parts = text.Split('.');
        return new ConnectorId(int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
