using System.Globalization;
using System.Text;
using CsCheck;
using Moovolt.Ocpp.Schemas;
using Xunit;

namespace Moovolt.Ocpp.Tests;

public sealed class MomentsSpec
{
    private const long LastTick = 200 * 365 * TimeSpan.TicksPerDay;

    [Theory]
    [InlineData("2026-01-01T12:00:00Z", "2026-01-01T12:00:00.0000000")]
    [InlineData("2026-01-01T12:00:00.123Z", "2026-01-01T12:00:00.1230000")]
    [InlineData("2026-01-01T12:00:00.123456789Z", "2026-01-01T12:00:00.1234567")]
    [InlineData("2026-01-01T12:00:00,5Z", "2026-01-01T12:00:00.5000000")]
    [InlineData("2026-01-01T12:00:00", "2026-01-01T12:00:00.0000000")]
    [InlineData("2026-01-01T12:00Z", "2026-01-01T12:00:00.0000000")]
    [InlineData("2026-01-01 12:00:00 ", "2026-01-01T12:00:00.0000000")]
    [InlineData("2026-01-01t12:00:00z", "2026-01-01T12:00:00.0000000")]
    [InlineData("2026/01/01 12:00:00", "2026-01-01T12:00:00.0000000")]
    [InlineData("20260101T120000Z", "2026-01-01T12:00:00.0000000")]
    [InlineData("2026-01-01", "2026-01-01T00:00:00.0000000")]
    [InlineData("2026-01-01T09:00:00-03:00", "2026-01-01T12:00:00.0000000")]
    [InlineData("2026-01-01T09:00:00-0300", "2026-01-01T12:00:00.0000000")]
    [InlineData("2026-01-01T09:00:00 -03", "2026-01-01T12:00:00.0000000")]
    [InlineData("2026-01-02T02:00:00+14:00", "2026-01-01T12:00:00.0000000")]
    [InlineData("2026-01-01T12:00:00+00:00Z", "2026-01-01T12:00:00.0000000")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.0000000")]
    [InlineData("2026-01-01T24:00:00Z", "2026-01-02T00:00:00.0000000")]
    [InlineData("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.0000000")]
    public void Every_form_of_a_moment_is_read(string text, string utc)
    {
        Assert.True(Moments.TryRead(Encoding.UTF8.GetBytes(text), out var moment));
        Assert.Equal(utc, moment.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture));
        Assert.Equal(TimeSpan.Zero, moment.Offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("1000000")]
    [InlineData("1767268800")]
    [InlineData("2026-00-01T12:00:00Z")]
    [InlineData("2026-02-30T12:00:00Z")]
    [InlineData("2026-01-01T25:00:00Z")]
    [InlineData("2026-01-01T12:60:00Z")]
    [InlineData("2026-01-01T12:00:61Z")]
    [InlineData("2026-01-01T12:00:00.Z")]
    [InlineData("2026-01-01T12:00:00+99:00")]
    [InlineData("2026-01-01T12:00:00Zulu")]
    [InlineData("2026-0101")]
    [InlineData("222222017-01-01T12:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public void What_nobody_can_mean_is_not_read(string text) =>
        Assert.False(Moments.TryRead(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void A_moment_that_is_printed_is_the_moment_that_is_read() =>
        Gen.Select(Gen.Long[0, LastTick], Gen.Int[-14 * 60, 14 * 60]).Select((ticks, minutes) =>
            new DateTimeOffset(1971, 1, 1, 0, 0, 0, TimeSpan.FromMinutes(minutes)).AddTicks(ticks)).Sample(moment =>
            Moments.TryRead(Encoding.UTF8.GetBytes(moment.ToString("O", CultureInfo.InvariantCulture)), out var read)
            && read == moment);

    [Fact]
    public void Any_text_is_read_or_not() => Gen.String[Gen.Char["0123456789-:TZ+. ,"], 0, 30].Sample(text =>
    {
        Moments.TryRead(Encoding.UTF8.GetBytes(text), out _);
    });
}
