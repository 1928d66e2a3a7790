# The program `moovolt`, one process a container. It needs MOOVOLT_DB and MOOVOLT_OPERATOR_KEY; without a database it
# keeps everything in /data. The root file system may be read-only.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Moovolt.Node --configuration Release --output /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
COPY --from=build /app /app
RUN mkdir /data && chown "$APP_UID" /data
ENV MOOVOLT_URLS=http://0.0.0.0:5080 \
    MOOVOLT_REMOTING_PORT=4053 \
    MOOVOLT_DATA=/data \
    MOOVOLT_DEV=false \
    DOTNET_EnableDiagnostics=0
# Chargers, operators and probes; and the other nodes.
EXPOSE 5080 4053
VOLUME /data
USER $APP_UID
# Liveness only: a database that is away is waited for, and no reason to start again.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 CMD ["/app/moovolt", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/app/moovolt"]
