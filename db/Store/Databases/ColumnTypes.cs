using System.Data;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace HealthEquity.Store.Databases;

/// <summary>
/// How ids, timestamps and dates are stored: as uniqueidentifier, datetimeoffset and date on SQL Server, and as text with the same sort
/// order on SQLite. A null has the type of its column, so that no server has to guess. Dapper registers these handlers for the whole process.
/// </summary>
internal static class ColumnTypes
{
    public static void Register()
    {
        SqlMapper.RemoveTypeMap(typeof(Guid));
        SqlMapper.RemoveTypeMap(typeof(Guid?));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.RemoveTypeMap(typeof(DateOnly));
        SqlMapper.RemoveTypeMap(typeof(DateOnly?));
        SqlMapper.AddTypeHandler(typeof(Guid), new GuidHandler());
        SqlMapper.AddTypeHandler(typeof(DateTimeOffset), new TimestampHandler());
        SqlMapper.AddTypeHandler(typeof(DateOnly), new DateHandler());
    }

    /// <summary>A timestamp as SQLite stores it; SQL Server reads the same text.</summary>
    public static string TextOf(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A type of its own on the server, and text on SQLite. Dapper's own base leaves nulls without a type.</summary>
    internal abstract class Handler<T>(DbType type) : SqlMapper.ITypeHandler
        where T : struct
    {
        public void SetValue(IDbDataParameter parameter, object value)
        {
            var isText = parameter is SqliteParameter;
            parameter.DbType = isText ? DbType.String : type;
            parameter.Value = value is not T known ? DBNull.Value : isText ? Text(known) : Typed(known);
        }

        public object Parse(Type destinationType, object value) => Parse(value);

        protected abstract T Parse(object value);

        protected abstract string Text(T value);

        protected virtual object Typed(T value) => value;
    }

    internal sealed class GuidHandler() : Handler<Guid>(DbType.Guid)
    {
        protected override Guid Parse(object value) => value is Guid guid ? guid : Guid.Parse((string)value, CultureInfo.InvariantCulture);

        protected override string Text(Guid value) => value.ToString("D");
    }

    internal sealed class TimestampHandler() : Handler<DateTimeOffset>(DbType.DateTimeOffset)
    {
        protected override DateTimeOffset Parse(object value) => value is DateTimeOffset moment
            ? moment
            : DateTimeOffset.Parse((string)value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

        protected override string Text(DateTimeOffset value) => TextOf(value);

        protected override object Typed(DateTimeOffset value) => value.ToUniversalTime();
    }

    internal sealed class DateHandler() : Handler<DateOnly>(DbType.Date)
    {
        protected override DateOnly Parse(object value) => value switch
        {
            DateOnly day => day,
            DateTime moment => DateOnly.FromDateTime(moment),
            _ => DateOnly.ParseExact((string)value, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        };

        protected override string Text(DateOnly value) => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        protected override object Typed(DateOnly value) => value.ToDateTime(TimeOnly.MinValue);
    }
}
